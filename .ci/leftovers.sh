# Finds what gradings left behind. To be sourced.

# Fails if a container, or a folder or process of the given temporary folder, outlived its grader.
check_leftovers() {
  local temporary=$1 found attempt
  # A killed process may take a moment to go.
  for attempt in 1 2 3 4 5; do
    found=$(left_containers && left_folders "$temporary" && left_processes "$temporary")
    [[ -n $found ]] || break
    sleep 0.4
  done
  [[ -z $found ]] || fail "Left behind:"$'\n'"$found"
  echo 'No container, folder or process was left.'
}

# Containers of a grader that still runs are somebody else's: on a shared machine there may be some.
left_containers() {
  local id owner pid
  docker ps --all --filter label=keyspace-grader.owner --format '{{.ID}} {{.Label "keyspace-grader.owner"}}' |
    while read -r id owner; do
      pid=$(cut -d . -f 3 <<<"$owner")
      [[ -d /proc/$pid ]] || echo "container $id of $owner"
    done
}

left_folders() {
  find "$1" -maxdepth 1 -name 'keyspace-grader.*'
}

# Servers and scripts work in a temporary folder of their grader, or have its path in their environment.
left_processes() {
  local process
  for process in /proc/[0-9]*; do
    if [[ $(readlink "$process/cwd") == "$1"/keyspace-grader.* ]] ||
      grep -q -s -a -F "$1/keyspace-grader." "$process/environ"; then
      echo "process ${process#/proc/}: $(tr '\0' ' ' <"$process/cmdline")"
    fi
  done 2>/dev/null
}

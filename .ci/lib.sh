# What the scripts beside this one share. To be sourced.

PATH=$PATH:/usr/sbin:/sbin
# The server that everything is graded on, and where an image says what it was made from.
server_image=valkey/valkey:8.1
recipe_label=keyspace-grader.recipe
totals=
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "$*" >&2
  exit 1
}

# Runs a command under a title and tells how long it took.
step() {
  local start=$SECONDS
  current_step=$1
  shift
  printf '\n== %s\n' "$current_step"
  "$@"
  printf '== %s: done in %d s\n' "$current_step" $((SECONDS - start))
}

# Runs steps at the same time, each a title and a command, and prints the output of one after that of the other.
side_by_side() {
  local titles=() logs=() pids=() failed= index
  while (($# > 0)); do
    titles+=("$1")
    logs+=("$(mktemp -p "$scratch" step.XXXXXX)")
    step "$1" "$2" >"${logs[-1]}" 2>&1 &
    pids+=($!)
    shift 2
  done
  for index in "${!pids[@]}"; do
    wait "${pids[index]}" || failed=${failed:-${titles[index]}}
    cat "${logs[index]}"
    rm "${logs[index]}"
  done
  [[ -z $failed ]] || current_step=$failed
  [[ -z $failed ]]
}

# Runs tests, and keeps vitest's closing lines for print_totals.
count_tests() {
  local title=$1
  shift
  "$@" 2>&1 | tee "$scratch/tests.log" || {
    keep_totals "$title: FAILED"
    return 1
  }
  keep_totals "$title"
}

keep_totals() {
  totals+=$1$'\n'$(grep -aE '^ *(Test Files|Tests|Duration) ' "$scratch/tests.log" || true)$'\n'
}

print_totals() {
  [[ -z $totals ]] || printf '\n%s' "$totals"
}

# Runs a command whose output only matters when it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  if ((status != 0)); then
    echo "Failed with exit code $status: $*" >&2
    tail -n 40 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

# Installs the Debian packages of those programs that are not there yet.
# Arguments: pairs of a program and the package that brings it.
install_missing() {
  local missing=()
  while (($# > 0)); do
    command -v "$1" >/dev/null || missing+=("$2")
    shift 2
  done
  if ((${#missing[@]} == 0)); then
    echo 'Everything is there.'
    return
  fi
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  quietly apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 update
  quietly apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${missing[@]}"
}

# Succeeds if the image needs no building: it has this recipe, or it was pulled from a registry.
is_current() {
  local image=$1 recipe=$2 found
  found=$(docker image inspect --format "{{len .RepoDigests}} {{index .Config.Labels \"$recipe_label\"}}" "$image" 2>/dev/null) ||
    return 1
  [[ $found != "0 "* || $found == "0 $recipe" ]]
}

# The first Debian mirror of the system's own sources, in either of the formats that apt reads.
debian_mirror() {
  # A file that is not there is no mistake.
  { sed -nE 's,^(URIs:|deb +(\[[^]]*\] +)?)[[:space:]]*([^[:space:]]+/debian/?)([[:space:]].*)?$,\3,p' \
    /etc/apt/sources.list.d/* /etc/apt/sources.list 2>/dev/null || true; } | sed -n 1p
}

# A Docker engine on a machine that may have none running. To be sourced, after lib.sh.

dockerd_limit_s=60
dockerd_pid=

docker_answers() {
  docker version --format '{{.Server.Version}}' >/dev/null 2>&1
}

# Starts the engine where none answers, and waits for it.
start_docker() {
  local limit=$((SECONDS + dockerd_limit_s))
  until docker_answers; do
    if [[ -z $dockerd_pid ]]; then
      # An init script may have started one that is not ready yet, or one that was stopped may still be going.
      pgrep -x dockerd >/dev/null || launch_dockerd
    elif ! kill -0 "$dockerd_pid" 2>/dev/null; then
      tail -n 30 "$dockerd_log" >&2
      fail 'dockerd ended at once; the end of its log is above.'
    fi
    if ((SECONDS >= limit)); then
      [[ -z $dockerd_pid ]] || tail -n 30 "$dockerd_log" >&2
      fail "No Docker engine answers after $dockerd_limit_s s."
    fi
    sleep 0.2
  done
  docker version --format 'Docker engine {{.Server.Version}}, client {{.Client.Version}}'
}

launch_dockerd() {
  dockerd_log=$(mktemp -t dockerd.XXXXXX.log)
  dockerd >"$dockerd_log" 2>&1 </dev/null &
  dockerd_pid=$!
}

# Stops the engine if start_docker started it.
stop_docker() {
  [[ -n $dockerd_pid ]] || return 0
  kill "$dockerd_pid" 2>/dev/null || true
  wait "$dockerd_pid" || true
  rm -f "$dockerd_log"
  dockerd_pid=
}

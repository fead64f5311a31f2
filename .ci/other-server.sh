# Proves the graders on another version of the server. To be sourced, after lib.sh.

# Two challenges with containers, one of which needs a later version; with the local engine, on the image's own
# programs, one of each mission, and what all graders and their set-up ask of the server.
verify_on_image() {
  local image=$1 programs challenges
  node bin/keyspace-grader.js verify --engine docker --image "$image" caching/atomic-update caching/bulk
  programs=$(mktemp -d -p /var/tmp keyspace-grader-server.XXXXXX)
  take_server "$image" "$programs"
  PATH=$programs/bin:$PATH node bin/keyspace-grader.js lint --engine local
  mapfile -t challenges < <(one_of_each_mission)
  ((${#challenges[@]} > 1)) || fail 'There are no challenges.'
  PATH=$programs/bin:$PATH node bin/keyspace-grader.js verify --engine local "${challenges[@]}"
  rm -rf --one-file-system "$programs"
}

one_of_each_mission() {
  local mission graders
  for mission in fixtures/*/; do
    graders=(graders/"$(basename "$mission")"/*.yaml)
    [[ ! -e ${graders[0]} ]] || sed 's,^graders/,,; s,\.yaml$,,' <<<"${graders[0]}"
  done
}

# Copies the server of an image into a folder, with the libraries and the loader that it needs to run here.
take_server() {
  local image=$1 folder=$2 container loader libraries
  container=$(docker create "$image")
  docker export "$container" | tar -x -C "$folder" --wildcards 'usr/bin/valkey-*' 'usr/lib/*-linux-gnu/*.so*'
  docker rm "$container" >/dev/null
  loader=$(find "$folder/usr/lib" -name 'ld-linux*.so*' | sed -n 1p)
  libraries=$(dirname "$loader")
  mkdir "$folder/bin"
  # The server acts by the name that it is called by.
  printf '#!/bin/sh\nexec %s --argv0 valkey-server --library-path %s %s "$@"\n' \
    "$loader" "$libraries" "$folder/usr/bin/valkey-server" >"$folder/bin/valkey-server"
  chmod +x "$folder/bin/valkey-server"
  "$folder/bin/valkey-server" --version
}

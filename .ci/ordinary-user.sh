# The README's two commands, as somebody who comes to the project for the first time: a new user without
# rights, an empty home, a fresh clone, no Docker. To be sourced, after lib.sh and leftovers.sh.

ordinary_user=keyspace-newcomer

readme_as_ordinary_user() {
  remove_ordinary_user
  quietly useradd --create-home --shell /bin/bash "$ordinary_user"
  local home clone
  home=$(getent passwd "$ordinary_user" | cut -d : -f 6)
  clone=$home/keyspace-grader
  mkdir "$home/tmp"
  # What this machine needs to reach a registry, but no secret: untrusted scripts run as this user.
  [[ ! -f ~/.npmrc ]] || grep -viE 'auth|token|password' ~/.npmrc >"$home/.npmrc" || true
  git clone --quiet --no-hardlinks "$repository" "$clone"
  chown -R "$ordinary_user": "$home"
  as_ordinary_user "$home" "$clone" 'npm ci && npm run grade -- sessions/cantina fixtures/sessions/cantina/pass/workshop.valkey'
  count_tests 'npm test, without Docker' as_ordinary_user "$home" "$clone" 'npm ci && npm test'
  check_leftovers "$home/tmp"
  remove_ordinary_user
}

# The machine's settings of proxies and certificates stay; what points to this user's folders does not.
as_ordinary_user() {
  local home=$1 folder=$2 command=$3
  echo "\$ $command"
  (
    cd "$folder"
    runuser -u "$ordinary_user" -- env -u XDG_CACHE_HOME -u XDG_CONFIG_HOME -u XDG_RUNTIME_DIR -u DOCKER_HOST -u KEYSPACE_GRADER_REQUIRE_DOCKER \
      HOME="$home" USER="$ordinary_user" TMPDIR="$home/tmp" bash -c "$command"
  )
}

remove_ordinary_user() {
  id "$ordinary_user" >/dev/null 2>&1 || return 0
  quietly userdel --remove --force "$ordinary_user"
}

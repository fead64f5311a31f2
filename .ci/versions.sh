#!/usr/bin/env bash
# Builds images of other versions of the server, for machines that cannot pull them: the server image of
# images.sh, with the programs of another Debian release's packages in place of its own.
#   valkey/valkey:8.0   from the backports of Debian 12
#   valkey/valkey:9     from Debian's next release, as long as its packages run on this one
# Needs a Docker engine, apt, and images.sh to have run. Valkey 7.2 is in no Debian release.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

main() {
  work=$(mktemp -d -p /var/tmp keyspace-grader-versions.XXXXXX)
  trap 'rm -rf --one-file-system "$work"' EXIT
  version_image valkey/valkey:8.0 bookworm-backports 8.0
  version_image valkey/valkey:9 forky 9 || echo 'There is no Valkey 9 to be had.'
}

# Fails where the release has another version by now, or one that does not run.
version_image() {
  local image=$1 suite=$2 version=$3 recipe folder
  recipe=$(cd "$repository" && { docker image inspect --format '{{.Id}}' "$server_image" && cat .ci/versions.sh; } |
    sha256sum | cut -c 1-16)
  if is_current "$image" "$recipe"; then
    echo "$image is there."
    return
  fi
  folder=$work/$suite
  unpack_packages "$folder" "$suite" &&
    printf 'FROM %s\nCOPY usr/bin /usr/bin/\nLABEL %s=%s\n' "$server_image" "$recipe_label" "$recipe" >"$folder/root/Dockerfile" &&
    quietly docker build --tag "$image" "$folder/root" &&
    docker run --rm --network none "$image" valkey-server --version | grep -F "v=$version" &&
    echo "$image: built from Debian $suite"
}

# Downloads the server's packages of a release, checked by their signatures, and unpacks them.
unpack_packages() {
  local folder=$1 suite=$2 options package
  mkdir -p "$folder"/{lists,cache/archives}/partial "$folder/root"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(debian_mirror) $suite main" >"$folder/sources.list"
  options=(-q -o Acquire::Retries=3 -o Debug::NoLocking=1 -o APT::Sandbox::User=
    -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache")
  quietly apt-get "${options[@]}" update || return 1
  (cd "$folder" && quietly apt-get "${options[@]}" download "valkey-server/$suite" "valkey-tools/$suite") || return 1
  for package in "$folder"/*.deb; do dpkg-deb -x "$package" "$folder/root" || return 1; done
}

main

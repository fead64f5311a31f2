#!/usr/bin/env bash
# Builds, out of Debian packages, the images that the tests use, for machines that cannot pull them:
#   valkey/valkey:8.1           the server
#   keyspace-grader/runtime:1   what learners' scripts run in; the same as runtime/Dockerfile builds
# Both are one root file system with different settings. An image is built again when its recipe changes.
# Needs root, a Docker engine, debootstrap and npm.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

release=trixie
runtime_image=keyspace-grader/runtime:1

main() {
  local recipe
  recipe=$(recipe_hash)
  if is_current "$server_image" "$recipe" && is_current "$runtime_image" "$recipe"; then
    echo "$server_image and $runtime_image are there."
    return
  fi
  # debootstrap refuses a file system without devices or programs, as some have on /tmp.
  work=$(mktemp -d -p /var/tmp keyspace-grader-images.XXXXXX)
  trap 'rm -rf --one-file-system "$work"' EXIT
  echo "Building from Debian $release"
  bootstrap "$work/root"
  add_modules "$work/root"
  import "$work/root" "$server_image" "$recipe" \
    --change 'WORKDIR /data' --change 'EXPOSE 6379' \
    --change 'CMD ["valkey-server", "--protected-mode", "no"]'
  import "$work/root" "$runtime_image" "$recipe" \
    --change 'WORKDIR /work/submission' --change 'USER 65534:65534' --change 'CMD ["bash"]'
}

# Changes with whatever makes the images.
recipe_hash() {
  (cd "$repository" && sha256sum .ci/images.sh runtime/packages.txt runtime/modules.mjs package-lock.json) |
    sha256sum | cut -c 1-16
}

bootstrap() {
  local root=$1 mirror packages attempt
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || fail 'The apt sources of this machine name no Debian mirror.'
  packages=$(paste -s -d , "$repository/runtime/packages.txt"),valkey-server
  # A mirror may fail to hand out one file of the hundred.
  for attempt in 1 2 3; do
    rm -rf --one-file-system "$root"
    if quietly debootstrap --variant=minbase --include="$packages" "$release" "$root" "$mirror"; then break; fi
    ((attempt < 3)) || fail 'Giving up.'
    echo 'Trying again'
  done
  mkdir -p "$root/data" "$root/work/submission"
  ln -s valkey-cli "$root/usr/bin/redis-cli"
}

# Scripts import from folders above their own: a folder at the root serves them all.
add_modules() {
  local root=$1
  node "$repository/runtime/modules.mjs" "$repository/package-lock.json" "$root"
  (cd "$root" && quietly npm install --ignore-scripts --no-audit --no-fund)
  rm "$root/package.json" "$root/package-lock.json"
}

# Makes an image of a root file system, in place of an older one. Further arguments go to `docker import`.
import() {
  local root=$1 image=$2 recipe=$3 older
  shift 3
  older=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null) || true
  tar -C "$root" -c --exclude='./var/cache/apt/*' --exclude='./var/lib/apt/lists/*' --exclude='./var/log/*' \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' . |
    docker import --change "LABEL $recipe_label=$recipe" "$@" - "$image" >/dev/null
  # A container may still use it: then it stays.
  [[ -z $older ]] || docker image rm "$older" >/dev/null 2>&1 || true
  echo "$image: $(($(docker image inspect --format '{{.Size}}' "$image") / 1000000)) MB"
}

main

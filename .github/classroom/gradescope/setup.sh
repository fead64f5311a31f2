#!/usr/bin/env bash
# Gradescope runs this once, to make the image in which submissions are graded. It needs the base image
# Ubuntu 24.04 or later: the default, 22.04, has no Valkey.
set -euo pipefail

# Where this file lies: /autograder/source.
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  printf 'setup.sh: %s\n' "$@" >&2
  exit 1
}

system() {
  (. /etc/os-release && echo "$PRETTY_NAME") 2>/dev/null || uname -s
}

choose='In Gradescope, under "Configure Autograder", choose the base image Ubuntu, version 24.04 or later.'

command -v apt-get >/dev/null || fail "This base image ($(system)) has no apt-get." "$choose"
apt-get -o APT::Update::Error-Mode=any update ||
  fail "The package lists of $(system) cannot be fetched: see the lines above. Without a network nothing can be installed."
apt-cache show valkey-server >/dev/null 2>&1 ||
  fail "This base image ($(system)) has no package valkey-server." "$choose"

# Gradescope's containers have no Docker engine: the server comes from the distribution. Ubuntu 24.04 has
# Valkey 7.2, on which a challenge that needs a later version is told to be not gradable.
apt-get install -y --no-install-recommends npm python3 util-linux valkey-server valkey-tools ||
  fail "The packages cannot be installed: see the lines above."

cd "$source_folder"
# A tarball of `npm pack` beside this file is taken in place of the registry's package. The distribution's Node
# is older than the grader needs: npm brings another.
shopt -s nullglob
tarballs=(./keyspace-grader-*.tgz)
npm install --no-audit --no-fund node@22 "${tarballs[0]:-keyspace-grader@0.1.0}" ||
  fail "npm cannot install keyspace-grader: see the lines above. Either the registry cannot be reached, or a tarball beside setup.sh is broken."

PATH=$source_folder/node_modules/.bin:$PATH
node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
  fail "Node.js $(node --version) is too old: keyspace-grader needs 20.19 or later, which the package node@22 brings."
keyspace-grader --version >/dev/null || fail "keyspace-grader does not start: see the lines above."

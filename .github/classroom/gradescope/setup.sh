#!/usr/bin/env bash
# Gradescope runs this once, to make the image (Ubuntu) in which submissions are graded.
set -euo pipefail

# Gradescope's containers have no Docker engine: the server comes from the distribution. Ubuntu 24.04 has
# Valkey 7.2, on which a challenge that needs a later version is told to be not gradable.
apt-get update
apt-get install -y --no-install-recommends npm python3 util-linux valkey-server valkey-tools

cd /autograder/source
# A tarball of `npm pack` beside this file is taken in place of the registry's package. The distribution's Node
# is older than the grader needs: npm brings another.
shopt -s nullglob
tarballs=(./keyspace-grader-*.tgz)
npm install --no-audit --no-fund node@22 "${tarballs[0]:-keyspace-grader@0.1.0}"

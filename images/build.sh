#!/bin/sh
# Builds the images with docker buildx, from the distribution that ./alluvium dist has made. images/README.md has the commands.
#
#   images/build.sh pin                      looks the bases up, and writes their digests to images/digests.env
#   images/build.sh build IMAGE [OPTION...]  builds one of ingest, trainer, trainer-cpu, dashboard; options go to docker buildx build
set -eu

here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(dirname "$here")
distribution=${ALLUVIUM_DISTRIBUTION:-$here/target/alluvium}
digests=$here/digests.env

fail() {
  printf 'images/build.sh: %s\n' "$1" >&2
  exit "${2:-69}"
}

# Every base of every image, as lines of VARIABLE and name:tag.
bases() { sed -n 's/^FROM \([^ @]*\)@\${\([A-Z_]*\)}.*/\2 \1/p' "$here"/*/Dockerfile | sort -u; }

is_digest() { printf '%s' "$1" | grep -Eq '^sha256:[0-9a-f]{64}$'; }

pin() {
  bases > "$digests.bases"
  : > "$digests.new"
  while read -r variable image; do
    digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image" < /dev/null)
    is_digest "$digest" || fail "the digest of $image is not known: $digest"
    printf '# %s\n%s=%s\n' "$image" "$variable" "$digest" >> "$digests.new"
  done < "$digests.bases"
  if [ -n "${TORNADOVM_ARCHIVE:-}" ]; then
    printf '# %s\nTORNADOVM_SHA256=%s\n' "${TORNADOVM_ARCHIVE##*/}" "$(sha256sum "$TORNADOVM_ARCHIVE" | cut -d ' ' -f 1)" >> "$digests.new"
  fi
  rm "$digests.bases"
  mv "$digests.new" "$digests"
}

# Prints the value of a variable in digests.env.
pinned() { # variable
  sed -n "s/^$1=//p" "$digests" 2> /dev/null | head -n 1
}

# Unpacks the SDK of TornadoVM, if it is the one that was pinned, and prints its folder.
tornadovm() {
  [ -f "${TORNADOVM_ARCHIVE:-}" ] || fail "set TORNADOVM_ARCHIVE to the archive of TornadoVM's SDK for CUDA (docs/gpu.md)" 64
  printf '%s  %s\n' "$(pinned TORNADOVM_SHA256)" "$TORNADOVM_ARCHIVE" | sha256sum --check --status 2> /dev/null ||
    fail "$TORNADOVM_ARCHIVE is not the archive that images/digests.env names; 'images/build.sh pin' takes it in" 65
  rm -rf "$here/target/tornadovm"
  mkdir -p "$here/target/tornadovm"
  unzip -q "$TORNADOVM_ARCHIVE" -d "$here/target/tornadovm"
  printf '%s' "$here"/target/tornadovm/*
}

build() { # image option...
  image=$1
  shift
  [ -f "$here/$image/Dockerfile" ] || fail "there is no image $image" 64
  [ -x "$distribution/bin/alluvium" ] || fail "there is no distribution in $distribution: run ./alluvium dist"
  for variable in $(sed -n 's/^FROM [^ @]*@\${\([A-Z_]*\)}.*/\1/p' "$here/$image/Dockerfile"); do
    digest=$(pinned "$variable")
    is_digest "$digest" || fail "$variable is not in images/digests.env: run images/build.sh pin"
    set -- --build-arg "$variable=$digest" "$@"
  done
  if grep -q '^COPY --from=tornadovm' "$here/$image/Dockerfile"; then
    sdk=$(tornadovm)
    set -- --build-context "tornadovm=$sdk" "$@"
  fi
  version=${VERSION:-$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$root/pom.xml" | head -n 1)}
  # The time is that of the commit, so that the same commit and bases make the same labels and files.
  epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
  docker buildx build \
    --file "$here/$image/Dockerfile" \
    --tag "${REGISTRY:-alluvium}/$image:$version" \
    --build-arg "SOURCE=${SOURCE:-$(git -C "$root" config --get remote.origin.url | sed 's|//[^/@]*@|//|')}" \
    --build-arg "REVISION=$(git -C "$root" rev-parse HEAD)" \
    --build-arg "VERSION=$version" \
    --build-arg "CREATED=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)" \
    --build-arg "SOURCE_DATE_EPOCH=$epoch" \
    "$@" "$distribution"
}

case "${1:-}" in
  pin) pin ;;
  build)
    shift
    [ $# -gt 0 ] || fail "name an image: ingest, trainer, trainer-cpu or dashboard" 64
    build "$@" ;;
  *)
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 64 ;;
esac

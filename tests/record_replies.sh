#!/bin/sh
# Records the replies under tests/replies that come from tests/projects:
#   record_replies.sh VERSION=CMAKE...      record_replies.sh 3.25=cmake 4.3=/path/to/cmake-4.3/bin/cmake
# VERSION names the archives, CMAKE is the program. Needs tar (GNU), zstd, ninja, make and a C++ compiler, and the right
# to write to /src and /build: replies are full of absolute paths, and these two never change. The same CMake and
# compiler give the same replies, but for the order within `dependencies`, which follows memory addresses.
# kinds-captured and multi-captured are whole trees: the reply, the capture of cmake/BulkheadCapture.cmake, and build.ninja.
# tests/replies/llvm was recorded elsewhere; see the README.md there.
set -eu

tests=$(cd "$(dirname "$0")" && pwd)
query='{"requests": [{"kind": "codemodel", "version": 2}, {"kind": "cache", "version": 2},
  {"kind": "cmakeFiles", "version": 1}, {"kind": "toolchains", "version": 1}]}'

# configure GENERATOR SOURCE BUILD ARGS...: the query, then CMake; $cmake and $version are set
configure() {
  generator=$1 source=$2 build=$3
  shift 3
  mkdir -p "$build/.cmake/api/v1/query/client-bulkhead"
  echo "$query" > "$build/.cmake/api/v1/query/client-bulkhead/query.json"
  case $generator in
    *Multi-Config) set -- "-DCMAKE_CONFIGURATION_TYPES=Debug;Release" "$@" ;;
    *) set -- -DCMAKE_BUILD_TYPE=Release "$@" ;;
  esac
  $cmake -G "$generator" -S "$source" -B "$build" "$@" > "$build/configure.log" 2>&1
}

# pack BUILD ARCHIVE: the reply, without the time at which it was written
pack() {
  scratch=$(mktemp -d)
  cp -r "$1/.cmake/api/v1/reply" "$scratch/reply"
  mv "$scratch"/reply/index-*.json "$scratch/reply/index-2026-01-01T00-00-00-0000.json"
  for error in "$scratch"/reply/error-*.json; do
    [ ! -e "$error" ] || mv "$error" "$scratch/reply/error-2026-01-01T00-00-01-0000.json"
  done
  mkdir -p "$(dirname "$2")"
  tar --create --directory="$scratch" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar \
    --mode=u=rwX,go=rX reply | zstd -q -19 -f -o "$2"
  rm -r "$scratch"
}

# pack_tree BUILD ARCHIVE: what Bulkhead reads of the whole build tree
pack_tree() {
  mv "$1"/.cmake/api/v1/reply/index-*.json "$1/.cmake/api/v1/reply/index-2026-01-01T00-00-00-0000.json"
  mkdir -p "$(dirname "$2")"
  (cd "$1" && find .cmake/api/v1/reply .cmake/bulkhead/capture.json ./*.ninja CMakeFiles/*.ninja -type f 2> /dev/null |
    sort | tar --create --files-from=- --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar \
      --mode=u=rwX,go=rX) | zstd -q -19 -f -o "$2"
}

# record_captured NAME PROJECT GENERATOR
record_captured() {
  name=$1 project=$2 generator=$3
  variant=$version-$(echo "$generator" | tr ' ' '-')
  build=/build/$name-$variant
  rm -rf "/src/$project" "$build"
  cp -r "$tests/projects/$project" "/src/$project"
  mkdir -p "$build/.cmake/bulkhead"
  cp "$tests/../cmake/BulkheadCapture.cmake" "$build/.cmake/bulkhead/"
  if ! configure "$generator" "/src/$project" "$build" \
    "-DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=$build/.cmake/bulkhead/BulkheadCapture.cmake"; then
    cat "$build/configure.log" >&2
    exit 1
  fi
  pack_tree "$build" "$tests/replies/$name/$variant.tar.zst"
  rm -rf "$build"
}

# record NAME PROJECT GENERATOR ARGS...
record() {
  name=$1 project=$2 generator=$3
  shift 3
  variant=$version-$(echo "$generator" | tr ' ' '-')
  build=/build/$name-$variant
  rm -rf "/src/$project" "$build"
  cp -r "$tests/projects/$project" "/src/$project"
  if ! configure "$generator" "/src/$project" "$build" "$@"; then
    cat "$build/configure.log" >&2
    exit 1
  fi
  pack "$build" "$tests/replies/$name/$variant.tar.zst"
  rm -rf "$build"
}

# A configure that fails after one that went well, because the module's directory has gone. CMake >= 4.1 writes an
# error-*.json then, beside the index of the first time.
record_error() {
  source=/src/error build=/build/error-$version-Ninja
  rm -rf $source "$build"
  cp -r "$tests/projects/clean" $source
  configure Ninja $source "$build" -DUSE_OPT=ON
  rm -r $source/opt
  if configure Ninja $source "$build"; then
    echo "record_replies.sh: CMake did not miss the directory that was removed" >&2
    exit 1
  fi
  pack "$build" "$tests/replies/error/$version-Ninja.tar.zst"
  rm -rf "$build"
}

[ $# -gt 0 ] || { echo "usage: record_replies.sh VERSION=CMAKE..." >&2; exit 2; }
mkdir -p /src /build
cd /build
for pair in "$@"; do
  version=${pair%%=*} cmake=${pair#*=}
  for generator in Ninja "Unix Makefiles" "Ninja Multi-Config"; do
    for project in kinds multi clean cycle; do
      record $project $project "$generator"
    done
    record clean-on clean "$generator" -DUSE_OPT=ON
    record_captured kinds-captured kinds "$generator"
    record_captured multi-captured multi "$generator"
  done
  case $version in
    3.* | 4.0) ;;
    *) record_error ;;
  esac
  echo "recorded with $($cmake --version | head -n 1), as $version"
done

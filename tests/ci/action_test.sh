#!/usr/bin/env bash
# Runs the GitHub action's script as the runner would, on small projects, and compares outputs, files and statuses.
#
#   action_test.sh BULKHEAD CMAKE
set -euo pipefail
unset CDPATH
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
program=$1
cmake=$2
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
export CMAKE_GENERATOR=Ninja
unset CMAKE_BUILD_TYPE CMAKE_CONFIG_TYPE "${!BULKHEAD_@}"
failures=0

fail() {
  printf 'FAILED: %s\n' "$*"
  cat -- "$scratch/log"
  failures=$((failures + 1))
}

# runs STATUS JOB NAME=VALUE...: runs a job of the script in the project, with these inputs
runs() {
  local expected=$1 job=$2 status=0
  shift 2
  said="$job $*"
  : >"$scratch/output"
  : >"$scratch/summary"
  (cd -- "$project" && env GITHUB_OUTPUT="$scratch/output" GITHUB_STEP_SUMMARY="$scratch/summary" "$@" \
    bash "$repository/.github/actions/bulkhead/run.sh" "$job") >"$scratch/log" 2>&1 || status=$?
  if ((status != expected)); then fail "$said: status $status, and not $expected"; fi
}
has() { # FILE TEXT: a whole line
  grep -qxF -- "$2" "$scratch/$1" || fail "$said: no line '$2' in $1"
}
mentions() { # FILE TEXT
  grep -qF -- "$2" "$scratch/$1" || fail "$said: no '$2' in $1"
}
lacks() { # FILE TEXT
  if grep -qF -- "$2" "$scratch/$1"; then fail "$said: '$2' in $1"; fi
}
holds() { # FILE...: what the report directory of the project has, and nothing else
  local found
  found=$(cd -- "$project/bulkhead-report" && echo *)
  [[ $found == "$*" ]] || fail "$said: the report directory has $found, and not $*"
}

# A project without findings, in a place with a space, configured without Bulkhead
project="$scratch/a b/clean"
mkdir -p -- "$scratch/a b"
cp -R -- "$repository/tests/projects/clean" "$project"
"$cmake" -S "$project" -B "$project/build" >/dev/null
runs 0 check BULKHEAD_PROGRAM="$program"
has output status=0
has output "report=$project/bulkhead-report"
holds report.json report.svg report.txt
mentions log 'opt  off  isolated'
mentions summary '| <code>opt</code> |'
mentions summary '| off | isolated |'
[[ -e $project/build/.cmake/bulkhead/capture.json || $("$cmake" --version) == *' 3.2'[123].* ]] ||
  fail "$said: no capture"

# An include under a condition that cannot be told
printf '#if __COUNTER__ == 7\n#include "../opt/include/opt.h"\n#endif\n' >>"$project/core/core.cpp"
runs 1 check BULKHEAD_PROGRAM="$program" BULKHEAD_STRICT=true
mentions log 'opt  off  unproven'
has output status=1
runs 1 check BULKHEAD_PROGRAM="$program" BULKHEAD_FAIL_ON=warning
runs 0 check BULKHEAD_PROGRAM="$program" BULKHEAD_FAIL_ON=warning BULKHEAD_ALLOW_FINDINGS=true
has output status=1

cp -- "$project/bulkhead.toml" "$project/a policy.toml"
runs 0 check BULKHEAD_PROGRAM="$program" BULKHEAD_BUILD="$project/build" BULKHEAD_POLICY='a policy.toml'

# What cannot be checked
runs 2 check BULKHEAD_PROGRAM="$program" BULKHEAD_BASELINE=none.baseline
rm -rf -- "$project/bulkhead-report"
runs 2 check BULKHEAD_PROGRAM="$program" BULKHEAD_BUILD=nothing
has output status=2
mentions summary nothing
runs 2 check BULKHEAD_PROGRAM="$program" BULKHEAD_POLICY=none.toml BULKHEAD_ALLOW_FINDINGS=true
has output status=2
runs 2 check BULKHEAD_PROGRAM="$program" BULKHEAD_STRICT=yes
has output status=2
runs 2 check BULKHEAD_PROGRAM="$program" BULKHEAD_FAIL_ON=never
has output status=2
runs 2 check BULKHEAD_PROGRAM="$program" BULKHEAD_FORMATS='text pdf'
has output status=2
runs 2 check BULKHEAD_PROGRAM="$program" BULKHEAD_REPORT=$'x\nstatus=0'
lacks output status=0
runs 2 check BULKHEAD_PROGRAM="$program" BULKHEAD_BUILD=--help
has output status=2

# Inputs are words, whatever they hold
# shellcheck disable=SC2016 # meant as they are
for text in '$(touch pwned)' '`touch pwned`' "'; touch pwned; '" '"; touch pwned; "' '*' '-B'; do
  for input in BUILD POLICY BASELINE CONFIGURATION INVENTORY STRICT FAIL_ON ALLOW_FINDINGS FORMATS PROGRAM; do
    runs 2 check BULKHEAD_PROGRAM="$program" "BULKHEAD_$input=$text"
  done
  runs 0 check BULKHEAD_PROGRAM="$program" "BULKHEAD_REPORT=./$text"
done
[[ -z $(find "$scratch" -name pwned) ]] || fail 'an input was run as a command'

# A project with findings, configured by bulkhead
project=$scratch/sample
cp -R -- "$repository/tests/projects/sample" "$project"
# A line that would be a command to the runner, if the report let it
sed -i.bak 's/^target_link_libraries(lantern_core .*/& # ##[error]no ::error::no/' "$project/core/CMakeLists.txt"
"$program" configure -q --no-check --cmake "$cmake" -S "$project" -B "$project/build"
before=$(ls "$project/build/.cmake/api/v1/reply")
runs 1 check BULKHEAD_PROGRAM="$program" BULKHEAD_FORMATS=$'json\n dot'
has output status=1
holds report.dot report.json
mentions summary '<code>off-edge</code> lantern_core links lantern_cuda'
mentions log '::error file=core/CMakeLists.txt,line=9,title=off-edge%3A cuda::lantern_core links lantern_cuda'
[[ $(ls "$project/build/.cmake/api/v1/reply") == "$before" ]] || fail "$said: configured again, without need"
mentions log '##[error]no'
awk '/^::stop-commands::/ { word = substr($0, 18); next } $0 == "::" word "::" { word = "" } /##\[/ && word == "" { exit 1 }' \
  "$scratch/log" || fail "$said: the report is not kept from the runner"
runs 0 check BULKHEAD_PROGRAM="$program" BULKHEAD_ALLOW_FINDINGS=true BULKHEAD_FORMATS=
has output status=1

runs 1 check BULKHEAD_PROGRAM="$program" BULKHEAD_FORMATS='jsonl sarif junit markdown csv'
holds junit.xml report.csv report.dot report.json report.jsonl report.md report.sarif

# Findings that are known
(cd -- "$project" && "$program" baseline update -q -B build)
runs 0 check BULKHEAD_PROGRAM="$program"
has output status=0
mentions summary 'known findings</summary>'
lacks log '::error '
runs 1 check BULKHEAD_PROGRAM="$program" BULKHEAD_BASELINE=none
mv -- "$project/bulkhead.baseline" "$project/a baseline"
runs 1 check BULKHEAD_PROGRAM="$program"
runs 0 check BULKHEAD_PROGRAM="$program" BULKHEAD_BASELINE='a baseline'

# One configuration of several
"$cmake" -S "$project" -B "$project/many" -G 'Ninja Multi-Config' >/dev/null
runs 1 check BULKHEAD_PROGRAM="$program" BULKHEAD_BUILD=many BULKHEAD_CONFIGURATION=$'Debug\nRelease'
mentions log 'violated (Release)'
runs 1 check BULKHEAD_PROGRAM="$program" BULKHEAD_BUILD=many BULKHEAD_CONFIGURATION=Debug
lacks log 'violated (Release)'

# The program: given, cached, or nowhere
runs 0 find BULKHEAD_PROGRAM="$program"
[[ ! -s $scratch/output ]] || fail "$said: a cache for a program that is given"
runs 0 find RUNNER_TEMP="$scratch/temp"
has output "directory=$scratch/temp/bulkhead-program"
key=$(grep '^key=bulkhead-' "$scratch/output") || fail "$said: no key"
runs 0 find RUNNER_TEMP="$scratch/temp"
has output "$key"
runs 0 program BULKHEAD_PROGRAM="$program"
has output "program=$program"
mkdir -p -- "$scratch/temp/bulkhead-program"
ln -s -- "$program" "$scratch/temp/bulkhead-program/bulkhead"
runs 0 program RUNNER_TEMP="$scratch/temp"
has output "program=$scratch/temp/bulkhead-program/bulkhead"
runs 2 program BULKHEAD_PROGRAM="$scratch/nothing"
runs 2 nonsense

# Built from the checkout that the action is in, here with a `run` that only pretends
checkout=$scratch/checkout
mkdir -p -- "$checkout/.github"
cp -R -- "$repository/.github/actions" "$checkout/.github/"
cat >"$checkout/run" <<'RUN'
#!/usr/bin/env bash
cd -- "$(dirname -- "$0")" && echo "$*" >>asked
if [[ $1 == build ]]; then mkdir -p build/release/bin && cp -- "$REAL_PROGRAM" build/release/bin/bulkhead; fi
RUN
chmod +x "$checkout/run"
repository=$checkout
runs 0 program RUNNER_TEMP="$scratch/fresh" REAL_PROGRAM="$program"
has output "program=$scratch/fresh/bulkhead-program/bulkhead"
[[ $(cat "$checkout/asked") == build ]] || fail "$said: was not built"
runs 0 program RUNNER_TEMP="$scratch/fresh" REAL_PROGRAM=/nothing
[[ $(cat "$checkout/asked") == build ]] || fail "$said: was built again"
echo 'exit 1' >"$scratch/fresh/bulkhead-program/bulkhead" # as if its libraries were missing
runs 0 program RUNNER_TEMP="$scratch/fresh" REAL_PROGRAM="$program"
[[ $(cat "$checkout/asked") == $'build\ninstall build\nbuild' ]] || fail "$said: libraries, then the build"

if ((failures > 0)); then exit 1; fi
echo passed

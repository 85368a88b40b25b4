#!/usr/bin/env bash
# The steps of action.yml, which has the inputs in the environment:
#
#   run.sh find      outputs `directory` and `key`, for a cache of the program; none when BULKHEAD_PROGRAM names one
#   run.sh program   outputs `program`: that one, the cached one, or one that it builds
#   run.sh check     checks the build tree; outputs `status` and `report`, and exits with that status
#
# It runs without GitHub, too: GITHUB_OUTPUT and GITHUB_STEP_SUMMARY are files that it appends to.
set -euo pipefail
unset CDPATH
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd -P)
outputs=${GITHUB_OUTPUT:-/dev/null}
summary=${GITHUB_STEP_SUMMARY:-/dev/null}
job=${1:-}

give_up() {
  printf 'bulkhead action: %s\n' "$*" >&2
  if [[ $job == check ]]; then echo status=2 >>"$outputs"; fi
  exit 2
}

output() { # NAME VALUE
  if [[ $2 == *[$'\n\r']* ]]; then give_up "$1 has to be one line"; fi
  printf '%s=%s\n' "$1" "$2" >>"$outputs"
}

# --- the program ------------------------------------------------------------------------------------------------------

directory=${RUNNER_TEMP:-$root/build}/bulkhead-program
starts() { "$1" --version >/dev/null 2>&1; }

# The same key has the same sources, on the same system.
key() {
  local sources
  sources=$(cd -- "$root" && find run CMakeLists.txt CMakePresets.json graph reports auditor cmake -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  printf 'bulkhead-%s-%s-%s-%s' "$(uname -s)" "$(uname -m)" \
    "$(sh -c '. /etc/os-release && echo "$ID$VERSION_ID"' 2>/dev/null || uname -r)" "${sources%% *}"
}

find_program() {
  if [[ -n ${BULKHEAD_PROGRAM:-} ]]; then return 0; fi
  output directory "$directory"
  output key "$(key)"
}

make_program() {
  local program=${BULKHEAD_PROGRAM:-}
  if [[ -z $program ]]; then
    program=$directory/bulkhead
    # A cached program may lack the libraries that it was built with.
    starts "$program" || { [[ -e $program ]] && "$root/run" install build && starts "$program"; } || {
      "$root/run" build
      mkdir -p -- "$directory"
      cp -- "$root/build/release/bin/bulkhead" "$program"
    }
  fi
  starts "$program" || give_up "cannot run '$program'"
  output program "$program"
}

# --- the check --------------------------------------------------------------------------------------------------------

# A tree that was configured without Bulkhead has no reply for it: configure it once more.
make_sure_of_reply() { # PROGRAM BUILD
  local cmake
  local -a replies=("$2"/.cmake/api/v1/reply/index-*.json)
  if [[ ! -e $2/CMakeCache.txt ]]; then return 0; fi # bulkhead check says what it is then
  if [[ -e $2/.cmake/api/v1/query/client-bulkhead/query.json && -e ${replies[0]} ]]; then return 0; fi
  cmake=$(sed -n 's/^CMAKE_COMMAND:INTERNAL=//p' "$2/CMakeCache.txt")
  "$1" configure -q --no-check --cmake "${cmake:-cmake}" -- "$(cd -- "$2" && pwd)"
}

# A report quotes the sources, which a pull request may have written: nothing in it may be a command to the runner.
show() { # FILE
  local word
  word=bulkhead-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$word"
  cat -- "$1"
  printf '\n::%s::\n' "$word"
}

summarize() { # FILE: as an indented block, which no line of it can end
  local most=500 lines
  lines=$(wc -l <"$1")
  printf '### Bulkhead\n\n'
  tail -n "$most" -- "$1" | tr -d '\r' | sed 's/^/    /'
  if ((lines > most)); then printf '\nThe last %d lines of %d; the report has all.\n' "$most" "$lines"; fi
}

check() {
  local program=${BULKHEAD_PROGRAM:-bulkhead} build=${BULKHEAD_BUILD:-build} report=${BULKHEAD_REPORT:-bulkhead-report}
  local strict=${BULKHEAD_STRICT:-false} allow=${BULKHEAD_ALLOW_FINDINGS:-false} format name text status=0
  local -a arguments formats=()
  local annotations
  if [[ $build == -* ]]; then build=./$build; fi
  arguments=(--color never check "--build=$build" "--fail-on=${BULKHEAD_FAIL_ON:-error}")
  if [[ -n ${BULKHEAD_POLICY:-} ]]; then arguments+=("--policy=$BULKHEAD_POLICY"); fi
  if [[ -n ${BULKHEAD_BASELINE:-} ]]; then arguments+=("--baseline=$BULKHEAD_BASELINE"); fi
  if [[ -n ${BULKHEAD_INVENTORY:-} ]]; then arguments+=("--inventory=$BULKHEAD_INVENTORY"); fi
  while IFS= read -r name; do
    if [[ -n $name ]]; then arguments+=("--configuration=$name"); fi
  done <<<"${BULKHEAD_CONFIGURATION:-}"
  case $strict in
    true) arguments+=(--strict) ;;
    false) ;;
    *) give_up "strict is 'true' or 'false', not '$strict'" ;;
  esac
  case $allow in true | false) ;; *) give_up "allow-findings is 'true' or 'false', not '$allow'" ;; esac

  # An absolute path looks like no option, to whatever program it is given
  mkdir -p -- "$report"
  report=$(cd -- "$report" && pwd)
  output report "$report"
  read -r -d '' -a formats <<<"${BULKHEAD_FORMATS-text json svg}" || true
  for format in ${formats[@]+"${formats[@]}"}; do
    case $format in
      text) name=report.txt ;;
      markdown) name=report.md ;;
      junit) name=junit.xml ;;
      json | jsonl | sarif | csv | dot | svg) name=report.$format ;;
      *) give_up "formats are text, json, jsonl, sarif, junit, markdown, csv, dot and svg, not '$format'" ;;
    esac
    arguments+=("--format=$format=$report/$name")
  done

  text=$(mktemp) annotations=$(mktemp)
  # shellcheck disable=SC2064 # the names as they are now
  trap "rm -f -- '$text' '$annotations'" EXIT
  # With this format the job's summary gets the report, too
  arguments+=("--format=github=$annotations")
  { make_sure_of_reply "$program" "$build" && "$program" "${arguments[@]}" --format text; } >"$text" 2>&1 || status=$?
  if ((status > 1)); then status=2; fi # of a program that is not there, or crashed, too
  show "$text"
  cat -- "$annotations"
  if ((status == 2)); then summarize "$text" >>"$summary"; fi # there is no report
  output status "$status"
  if ((status == 1)) && [[ $allow == true ]]; then
    echo "::warning::Bulkhead has findings, which this workflow allows"
    return 0
  fi
  return "$status"
}

case $job in
  find) find_program ;;
  program) make_program ;;
  check) check ;;
  *) give_up "say one of: find, program, check" ;;
esac

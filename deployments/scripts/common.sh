# Shared by the scripts in this folder, which source it: messages, chartroom itself, chartroom.yaml.
# Everything here also runs on bash 3.2, which macOS has.

# $1 is the calling script's path. Sets `root`, the repository that the script belongs to.
init() {
  root="$(cd -P "$(dirname "$1")/../.." && pwd)"
  bold='' red='' yellow='' plain=''
  if [ -t 2 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
    bold=$'\033[1m' red=$'\033[31m' yellow=$'\033[33m' plain=$'\033[0m'
  fi
}

say() {
  printf '%s%s%s\n' "$bold" "$*" "$plain" >&2
}

warn() {
  printf '%sWarning:%s %s\n' "$yellow" "$plain" "$*" >&2
}

# fail EXIT_CODE MESSAGE [HINT]
fail() {
  printf '%sError:%s %s\n' "$red" "$plain" "$2" >&2
  if [ -n "${3:-}" ]; then printf 'Hint: %s\n' "$3" >&2; fi
  exit "$1"
}

# value_of OPTION ARGUMENT_COUNT VALUE: refuses an option that stands last without its value.
value_of() {
  if [ "$2" -lt 2 ]; then fail 2 "$1 needs a value" 'Run the script with --help to see its options.'; fi
  value="$3"
}

# A switch from the environment: 1 and true, in any case, are on.
is_on() {
  case "${1:-}" in
    1 | [Tt][Rr][Uu][Ee]) return 0 ;;
    *) return 1 ;;
  esac
}

# Sets `program`: what CHARTROOM names, else the chartroom of this repository.
find_chartroom() {
  if [ -n "${CHARTROOM:-}" ]; then
    program="$(command -v "$CHARTROOM")" ||
      fail 1 "CHARTROOM names $CHARTROOM, which is no program" 'Unset CHARTROOM, or set it to the path of chartroom.'
    case "$program" in
      [!/]*/*) program="$PWD/$program" ;;
    esac
    return 0
  fi
  command -v node >/dev/null 2>&1 || fail 1 'node is not on PATH' 'Install Node 20.19 or newer.'
  program="$root/packages/cli/bin/chartroom.cjs"
  if [ ! -f "$root/packages/cli/dist/main.cjs" ]; then
    fail 1 "chartroom is not built in $root" "Run: (cd '$root' && npm run quickstart)"
  fi
}

chartroom() {
  case "$program" in
    *.cjs) node "$program" "$@" ;;
    *) "$program" "$@" ;;
  esac
}

# Sets `oci_destination`, `folder_destination` and `folder_url` from the repository's chartroom.yaml.
read_project() {
  local table
  table="$(cd "$root" && chartroom project --output table)" || exit $?
  oci_destination="$(project_cell "$table" oci 2)"
  folder_destination="$(project_cell "$table" folder 2)"
  folder_url="$(project_cell "$table" folder 3)"
}

# project_cell TABLE KIND COLUMN: a cell of the first destination of that kind; columns are two blanks apart.
project_cell() {
  printf '%s\n' "$1" | awk -F '  +' -v kind="$2" -v column="$3" '$1 == kind { print $column; exit }'
}

# json_text JSON KEY: the text under that key, in what `chartroom package` prints for one chart.
json_text() {
  printf '%s' "$1" | sed -n 's/.*"'"$2"'":"\([^"]*\)".*/\1/p'
}

# package_chart: packs `chart` into `output`; Chart.yaml is not edited. Sets archive, name, version, digest.
package_chart() {
  local result
  set -- package "$chart" --destination "$output" --output json
  if [ -n "$chart_version" ]; then set -- "$@" --version "$chart_version"; fi
  result="$(chartroom "$@")" || exit $?
  archive="$(json_text "$result" path)"
  name="$(json_text "$result" name)"
  version="$(json_text "$result" version)"
  digest="$(json_text "$result" digest)"
  # A provenance file of other bytes would be published with the archive.
  if [ -f "$archive.prov" ] && ! grep -q "$digest" "$archive.prov"; then
    rm -f "$archive.prov"
    warn "removed $archive.prov: it was made for other content"
  fi
}

require_chart() {
  if [ ! -f "$chart/Chart.yaml" ]; then
    fail 4 "no chart in $chart: it has no Chart.yaml" 'Name the chart folder with --chart.'
  fi
}

#!/usr/bin/env bash
# Packs a chart and, when asked to, signs it, indexes it and fills the folder of the classic repository.
# A thin shim over `chartroom package`, `chartroom repo index` and `chartroom publish`.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/page.sh"
init "${BASH_SOURCE[0]}"

usage() {
  cat <<'USAGE'
Usage: package-helm-chart.sh [options]

Packs a chart. The same folder gives the same bytes every time.

  -c, --chart PATH       chart folder (CHART_PATH; default: deployments/helm/hypersdk of this repository)
  -o, --output DIR       folder for the archive (OUTPUT_DIR; default: deployments/helm/packages)
  -r, --repo-url URL     address the repository is served at (REPO_URL; default: from chartroom.yaml)
  -v, --version V        version of the packed chart; no file is edited (OVERRIDE_VERSION)
  -s, --sign             write a provenance file with gpg (SIGN_CHART; GPG_KEY names the key,
                         GPG_KEYRING a file with secret keys)
  -u, --update-index     write index.yaml in the output folder; what it lists is kept
  -p, --publish          as -u, and add the chart to the classic repository's folder, which chartroom.yaml
                         names, with its index and a page for the browser
      --skip-lint        do not lint the chart first (SKIP_LINT)
      --skip-test        do not render the chart first, with its defaults and ci/*-values.yaml (SKIP_TEST)
      --force            replace other content under a published version
  -h, --help             this text
USAGE
}

parse() {
  chart="${CHART_PATH:-$root/deployments/helm/hypersdk}"
  output="${OUTPUT_DIR:-$root/deployments/helm/packages}"
  repo_url="${REPO_URL:-}"
  chart_version="${OVERRIDE_VERSION:-}"
  sign="${SIGN_CHART:-}" skip_lint="${SKIP_LINT:-}" skip_test="${SKIP_TEST:-}" update_index='' publish='' force=''
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help) usage && exit 0 ;;
      -c | --chart) value_of "$1" $# "${2:-}"; chart="$value"; shift 2 ;;
      -o | --output) value_of "$1" $# "${2:-}"; output="$value"; shift 2 ;;
      -r | --repo-url) value_of "$1" $# "${2:-}"; repo_url="$value"; shift 2 ;;
      -v | --version) value_of "$1" $# "${2:-}"; chart_version="$value"; shift 2 ;;
      -s | --sign) sign=true; shift ;;
      -u | --update-index) update_index=true; shift ;;
      -p | --publish) publish=true update_index=true; shift ;;
      --skip-lint) skip_lint=true; shift ;;
      --skip-test) skip_test=true; shift ;;
      --force) force=true; shift ;;
      *) usage >&2; fail 2 "unknown option: $1" ;;
    esac
  done
}

# Where and under which address the classic repository lies; only -u and -p need to know.
choose_repository() {
  site='' oci_destination=''
  is_on "$update_index" || return 0
  read_project
  repo_url="${repo_url:-$folder_url}"
  repo_url="${repo_url%/}"
  is_on "$publish" || return 0
  case "$folder_destination" in
    '') fail 2 "no folder among the destinations of $root/chartroom.yaml" 'Add one, such as ./docs/helm-charts.' ;;
    /*) site="$folder_destination" ;;
    *) site="$root/${folder_destination#./}" ;;
  esac
}

# A plan for an empty folder: it checks the chart and changes nothing.
check_chart() {
  if is_on "$skip_lint" && is_on "$skip_test"; then return 0; fi
  set -- publish "$chart" --plan --to "$scratch/plan" --output json
  if is_on "$skip_lint"; then set -- "$@" --skip-lint; fi
  if is_on "$skip_test"; then set -- "$@" --skip-test; fi
  chartroom "$@" >/dev/null || exit $?
}

# What `helm package --sign` writes: Chart.yaml and the archive's digest, signed in clear text.
sign_archive() {
  is_on "$sign" || return 0
  command -v gpg >/dev/null 2>&1 || fail 1 'gpg is needed to sign' 'Install GnuPG, or leave out --sign.'
  local metadata
  metadata="$(chartroom show chart "$archive")" || exit $?
  set -- --batch --yes --digest-algo SHA512 --output "$archive.prov"
  if [ -n "${GPG_KEYRING:-}" ]; then import_keyring; set -- --homedir "$scratch/gnupg" "$@"; fi
  if [ -n "${GPG_KEY:-}" ]; then set -- "$@" --local-user "$GPG_KEY"; fi
  printf '%s\n\n...\nfiles:\n  %s: %s\n' "$metadata" "$(basename "$archive")" "$digest" |
    gpg "$@" --clearsign || fail 1 "gpg did not sign $archive" 'GPG_KEY names the key to sign with.'
}

import_keyring() {
  [ -f "$GPG_KEYRING" ] || fail 4 "GPG_KEYRING names $GPG_KEYRING, which is no file"
  (umask 077 && mkdir -p "$scratch/gnupg")
  gpg --homedir "$scratch/gnupg" --batch --quiet --import "$GPG_KEYRING" ||
    fail 1 "gpg cannot read the keys in $GPG_KEYRING"
}

index_output() {
  is_on "$update_index" || return 0
  set -- repo index "$output"
  if [ -n "$repo_url" ]; then set -- "$@" --url "$repo_url"; fi
  if [ -f "$output/index.yaml" ]; then set -- "$@" --merge "$output/index.yaml"; fi
  chartroom "$@" || exit $?
}

publish_chart() {
  is_on "$publish" || return 0
  set -- publish "$archive" --to "$site" --output table
  if [ -n "$repo_url" ]; then set -- "$@" --repo-url "$repo_url"; fi
  # Checked already, where it came from.
  set -- "$@" --skip-lint --skip-test
  if is_on "$force"; then set -- "$@" --force; fi
  chartroom "$@" || exit $?
  write_page
}

report() {
  printf 'Package: %s\nDigest:  %s\n' "$archive" "$digest"
  if is_on "$sign"; then printf 'Signed:  %s\n' "$archive.prov"; fi
  if is_on "$update_index"; then printf 'Index:   %s\n' "$output/index.yaml"; fi
  if is_on "$publish"; then
    printf 'Site:    %s\n\nIt is public once it is committed and pushed:\n' "$site"
    printf '  git add %s && git commit -m "Publish %s %s" && git push\n' "$site" "$name" "$version"
  fi
}

parse "$@"
find_chartroom
require_chart
choose_repository
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
check_chart
package_chart
sign_archive
index_output
publish_chart
report

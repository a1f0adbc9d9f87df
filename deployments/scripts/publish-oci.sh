#!/usr/bin/env bash
# Packs a chart and publishes it to an OCI registry. A thin shim over `chartroom package` and
# `chartroom publish`, for those who know this name and these options.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
init "${BASH_SOURCE[0]}"

usage() {
  cat <<'USAGE'
Usage: publish-oci.sh [options]

Packs a chart and publishes it to an OCI registry. A version that is there with equal content is left
alone; one with other content is refused.

  -c, --chart PATH       chart folder (CHART_PATH; default: deployments/helm/hypersdk of this repository)
  -r, --registry HOST    registry host (OCI_REGISTRY; default: from chartroom.yaml)
  -n, --namespace NAME   path between host and chart name (OCI_NAMESPACE; default: from chartroom.yaml)
  -o, --output DIR       folder for the archive (OUTPUT_DIR; default: deployments/helm/packages)
  -v, --version V        version of the published chart; no file is edited (OVERRIDE_VERSION)
      --username U       user name (REGISTRY_USERNAME); without one, stored logins are used
      --password P       password or token (REGISTRY_PASSWORD, which others on this machine cannot see)
      --password-stdin   read the password or token from standard input
      --skip-login       ignore user name and password: use the logins of helm, docker or podman (SKIP_LOGIN)
      --skip-lint        do not lint the chart first (SKIP_LINT)
      --skip-test        do not render the chart first, with its defaults and ci/*-values.yaml (SKIP_TEST)
      --tag-latest       point the tag `latest` at this version (TAG_LATEST)
      --force            replace other content under an existing version
  -h, --help             this text
USAGE
}

parse() {
  chart="${CHART_PATH:-$root/deployments/helm/hypersdk}"
  registry="${OCI_REGISTRY:-}"
  namespace="${OCI_NAMESPACE:-}"
  output="${OUTPUT_DIR:-$root/deployments/helm/packages}"
  chart_version="${OVERRIDE_VERSION:-}"
  username="${REGISTRY_USERNAME:-}"
  password="${REGISTRY_PASSWORD:-}"
  password_stdin=false skip_login="${SKIP_LOGIN:-}" skip_lint="${SKIP_LINT:-}" skip_test="${SKIP_TEST:-}"
  tag_latest="${TAG_LATEST:-}" force=''
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help) usage && exit 0 ;;
      -c | --chart) value_of "$1" $# "${2:-}"; chart="$value"; shift 2 ;;
      -r | --registry) value_of "$1" $# "${2:-}"; registry="$value"; shift 2 ;;
      -n | --namespace) value_of "$1" $# "${2:-}"; namespace="$value"; shift 2 ;;
      -o | --output) value_of "$1" $# "${2:-}"; output="$value"; shift 2 ;;
      -v | --version) value_of "$1" $# "${2:-}"; chart_version="$value"; shift 2 ;;
      --username) value_of "$1" $# "${2:-}"; username="$value"; shift 2 ;;
      --password)
        value_of "$1" $# "${2:-}"; password="$value"; shift 2
        warn 'a password in the arguments is visible to others on this machine: use --password-stdin or REGISTRY_PASSWORD'
        ;;
      --password-stdin) password_stdin=true; shift ;;
      --skip-login) skip_login=true; shift ;;
      --skip-lint) skip_lint=true; shift ;;
      --skip-test) skip_test=true; shift ;;
      --tag-latest) tag_latest=true; shift ;;
      --force) force=true; shift ;;
      *) usage >&2; fail 2 "unknown option: $1" ;;
    esac
  done
}

# Sets `destination` from the options and, for what they leave open, from chartroom.yaml.
choose_destination() {
  local default
  if [ -z "$registry" ] || [ -z "$namespace" ]; then
    read_project
    if [ -z "$oci_destination" ]; then
      fail 2 "no oci:// destination in $root/chartroom.yaml" 'Give --registry and --namespace, or add a destination.'
    fi
    default="${oci_destination#oci://}"
    if [ -z "$registry" ]; then registry="${default%%/*}"; fi
    if [ -z "$namespace" ]; then namespace="${default#*/}"; fi
  fi
  # Repository names are lower case; owners on code hosts need not be.
  destination="oci://$(printf '%s/%s' "$(trimmed "${registry#*://}")" "$(trimmed "$namespace")" |
    tr '[:upper:]' '[:lower:]')"
}

trimmed() {
  printf '%s' "$1" | sed -e 's:^/*::' -e 's:/*$::'
}

read_credentials() {
  if is_on "$skip_login"; then
    username='' password=''
    return 0
  fi
  if [ "$password_stdin" = true ]; then
    IFS= read -r password || [ -n "$password" ] || fail 2 'standard input holds no password' 'Pipe it in.'
  fi
  if [ -n "$username" ] && [ -z "$password" ]; then
    fail 2 'a user name without a password' 'Add --password-stdin or REGISTRY_PASSWORD, or drop the user name.'
  fi
  if [ -z "$username" ] && [ -n "$password" ]; then
    fail 2 'a password without a user name' 'Add --username or REGISTRY_USERNAME.'
  fi
}

# The secret goes by environment: arguments of a process are visible to everybody.
publish_chart() {
  set -- publish "$archive" --to "$destination" --output table
  if is_on "$skip_lint"; then set -- "$@" --skip-lint; fi
  if is_on "$skip_test"; then set -- "$@" --skip-test; fi
  if is_on "$tag_latest"; then set -- "$@" --tag latest; fi
  if is_on "$force"; then set -- "$@" --force; fi
  (
    unset REGISTRY_PASSWORD CHARTROOM_USERNAME CHARTROOM_PASSWORD
    if [ -n "$username" ]; then export CHARTROOM_USERNAME="$username" CHARTROOM_PASSWORD="$password"; fi
    chartroom "$@"
  ) || exit $?
}

parse "$@"
find_chartroom
require_chart
choose_destination
read_credentials
package_chart
say "Publishing $name $version to $destination"
publish_chart
printf '\nInstall it:\n  helm upgrade --install my-%s %s/%s --version %s\n' "$name" "$destination" "$name" "$version"

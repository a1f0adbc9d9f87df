# Sourced by package-helm-chart.sh: the page a person sees at the address of the classic repository. All it
# says comes from the chart, the index and chartroom.yaml.

# Writes index.html into `site`, whole or not at all.
write_page() {
  local page="$site/index.html.$$"
  if ! page_html >"$page"; then
    rm -f "$page"
    fail 1 "the page for $site could not be written"
  fi
  mv "$page" "$site/index.html"
}

page_html() {
  local metadata title description home
  metadata="$(chartroom show chart "$archive")" || return $?
  title="$(printf '%s' "$name" | escaped)"
  description="$(printf '%s\n' "$metadata" | yaml_text description | escaped)"
  home="$(printf '%s\n' "$metadata" | yaml_text home | escaped)"
  cat <<HTML
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title: Helm repository</title>
<style>
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
  pre { border: 1px solid; border-radius: .4rem; padding: .75rem; overflow-x: auto; opacity: .9 }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid #8884; white-space: nowrap }
  .wide { overflow-x: auto }
</style>
<h1>$title</h1>
<p>$description</p>
$(home_line "$home")
<h2>Install</h2>
<pre>$(install_lines | escaped)</pre>
<h2>Versions</h2>
<div class="wide"><table>
<tr><th>Chart</th><th>Version</th><th>App version</th><th>Published</th><th>Archive</th></tr>
$(version_rows)
</table></div>
<p>The list for programs is <a href="index.yaml">index.yaml</a>.</p>
</html>
HTML
}

home_line() {
  case "$1" in
    http://* | https://*) printf '<p><a href="%s">%s</a></p>' "$1" "$1" ;;
  esac
}

install_lines() {
  if [ -n "$repo_url" ]; then
    printf 'helm repo add %s %s\nhelm repo update %s\n' "$name" "$repo_url" "$name"
    printf 'helm upgrade --install my-%s %s/%s --version %s\n' "$name" "$name" "$name" "$version"
  fi
  if [ -n "$oci_destination" ]; then
    printf '\n# or, from the OCI registry\n'
    printf 'helm upgrade --install my-%s %s/%s --version %s\n' "$name" "$oci_destination" "$name" "$version"
  fi
}

# One row for each entry of the index, in its order: newest first.
version_rows() {
  local row_chart row_version row_app row_created row_url
  index_entries <"$site/index.yaml" | escaped |
    while IFS="$(printf '\t')" read -r row_chart row_version row_app row_created row_url; do
      printf '<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td><a href="%s">%s</a></td></tr>\n' \
        "$row_chart" "$row_version" "${row_app#-}" "$row_created" "$row_url" "${row_url##*/}"
    done
}

# Chart, version, a dash and the application's version, day, and first address of each entry. The index is
# chartroom's own, so its layout is known: charts two blanks deep, their versions' keys four, in the order of
# letters. (The dash is there because bash would take two tabs for one.)
index_entries() {
  awk '
    function text(value) { gsub(/^["\x27]|["\x27]$/, "", value); return value }
    /^[^ ]/ { inside = ($0 == "entries:") }
    inside && /^  [^ -].*:$/ { chart = text(substr($0, 3, length($0) - 3)) }
    inside && /^  - / { app = ""; day = ""; url = ""; urls = 0; sub(/^  - /, "    ") }
    inside && /^    appVersion: / { app = text(substr($0, 17)) }
    inside && /^    created: / { day = substr(text(substr($0, 14)), 1, 10) }
    inside && /^    - / && urls { if (url == "") url = text(substr($0, 7)) }
    inside && /^    [a-zA-Z]/ { urls = ($0 == "    urls:") }
    inside && /^    version: / { print chart "\t" text(substr($0, 14)) "\t-" app "\t" day "\t" url }
  '
}

# yaml_text KEY: the text under a top-level key, on one line.
yaml_text() {
  awk -v key="$1: " '
    /^[^ ]/ { mine = (index($0, key) == 1); if (mine) value = substr($0, length(key) + 1); next }
    mine && /^  / { line = $0; sub(/^ +/, "", line); value = value " " line }
    END { sub(/^[|>][-+]? /, "", value); print value }
  ' | sed -e "s/^'\(.*\)'\$/\1/" -e "s/''/'/g" -e 's/^"\(.*\)"$/\1/' -e 's/\\"/"/g'
}

escaped() {
  sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/"/\&quot;/g'
}

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
  local title description
  title="$(printf '%s' "$name" | escaped)"
  description="$(chartroom show chart "$archive" | yaml_text description | escaped)" || return $?
  cat <<HTML
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title: Helm repository</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
  pre { background: #f4f4f4; color: #111; padding: .75rem; overflow-x: auto }
  table { border-collapse: collapse } th, td { text-align: left; padding: .25rem 1.5rem .25rem 0 }
</style>
<h1>$title</h1>
<p>$description</p>
<h2>Install</h2>
<pre>$(install_lines | escaped)</pre>
<h2>Versions</h2>
<table>
<tr><th>Chart</th><th>Version</th><th>Archive</th></tr>
$(version_rows)
</table>
<p>The list for programs is <a href="index.yaml">index.yaml</a>.</p>
</html>
HTML
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
  local row_chart row_version row_url
  index_entries <"$site/index.yaml" | escaped |
    while IFS="$(printf '\t')" read -r row_chart row_version row_url; do
      printf '<tr><td>%s</td><td>%s</td><td><a href="%s">%s</a></td></tr>\n' \
        "$row_chart" "$row_version" "$row_url" "${row_url##*/}"
    done
}

# Chart, version and first address of each entry. The index is chartroom's own, so its layout is known:
# charts two blanks deep, their versions' keys four.
index_entries() {
  awk '
    function text(value) { gsub(/^["\x27]|["\x27]$/, "", value); return value }
    /^[^ ]/ { inside = ($0 == "entries:") }
    inside && /^  [^ -].*:$/ { chart = text(substr($0, 3, length($0) - 3)) }
    inside && /^    version: / { version = text(substr($0, 14)) }
    inside && /^  - version: / { version = text(substr($0, 14)) }
    inside && /^    - / && urls { url = text(substr($0, 7)); urls = 0 }
    inside && /^    urls:$/ { urls = 1 }
    inside && url != "" && version != "" { print chart "\t" version "\t" url; url = ""; version = "" }
  '
}

# yaml_text KEY: the one-line text under a top-level key.
yaml_text() {
  awk -v key="$1: " 'index($0, key) == 1 { value = substr($0, length(key) + 1) } END { print value }' |
    sed -e "s/^'\(.*\)'\$/\1/" -e "s/''/'/g" -e 's/^"\(.*\)"$/\1/' -e 's/\\"/"/g'
}

escaped() {
  sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/"/\&quot;/g'
}

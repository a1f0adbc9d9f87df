import type { Pipeline, PipelineFile } from './pipeline.ts'

/** GitHub Actions: checks pull requests, and releases tags `chart-v1.2.3`. */
export function githubPipeline(pipeline: Pipeline): PipelineFile {
  const text = [head(pipeline) + check, releaseStart + publish(pipeline) + releaseEnd].join('\n')
  return { path: '.github/workflows/chart.yml', text, next: nextSteps(pipeline) }
}

function head({ charts, version }: Pipeline): string {
  return `# Written by \`chartroom init ci --github\`. It is yours: change it as you like.
name: chart

on:
  push:
    tags: ['chart-v*']
  pull_request:

permissions: {}

concurrency:
  group: chart-\${{ github.ref }}
  # A release is never cut off.
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

env:
  # The npm package that runs here. Until it is on npm: its archive in this repository, ./chartroom-${version}.tgz
  CHARTROOM: chartroom@${version}
  CHARTS: '${charts.join(' ')}'

jobs:
`
}

const checkout = `      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          # Packaging takes its time from the last commit of the chart's folder.
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: '24'`

const check = `  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
    env:
      BASE: \${{ github.event.pull_request.base.sha }}
    steps:
${checkout}
      - name: lint
        run: npx --yes "$CHARTROOM" lint $CHARTS --output github
      - name: changed charts have new versions
        run: npx --yes "$CHARTROOM" changed --since "$BASE" $CHARTS
      - name: what would be rendered
        if: \${{ !cancelled() }}
        run: |
          git worktree add --quiet --detach "$RUNNER_TEMP/base" "$BASE"
          for chart in $CHARTS; do
            base="$RUNNER_TEMP/base/$chart"
            if [ -f "$chart/Chart.yaml" ] && [ -f "$base/Chart.yaml" ]; then
              # With the defaults, and with each file of test values.
              for values in /dev/null "$chart"/ci/*-values.yaml; do
                [ -e "$values" ] || continue
                if npx --yes "$CHARTROOM" template "$base" --values "$values" > "$RUNNER_TEMP/base.yaml"; then
                  [ "$values" = /dev/null ] || printf '\\n#### %s\\n\\n' "$values" >> "$GITHUB_STEP_SUMMARY"
                  npx --yes "$CHARTROOM" diff "$base" "./$chart" --values "$values" --output markdown >> "$GITHUB_STEP_SUMMARY"
                else
                  echo "Before this change, $chart could not be rendered with $values: there is nothing to compare with."
                fi
              done
            fi
          done
`

const releaseStart = `  release:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      # The branch of GitHub Pages, and the release.
      contents: write
      packages: write
    env:
      TAG: \${{ github.ref_name }}
    steps:
${checkout}
      - name: package
        run: npx --yes "$CHARTROOM" package $CHARTS --destination "$RUNNER_TEMP/charts"
      - name: the tag is that of a version
        run: |
          if ! ls "$RUNNER_TEMP/charts/"*"-\${TAG#chart-v}.tgz"; then
            echo "::error::No chart has the version of the tag $TAG"
            exit 8
          fi
`

function publish(pipeline: Pipeline): string {
  return `      - name: publish
        env:
          GITHUB_TOKEN: \${{ github.token }}
${pipeline.destinations.length > 0 ? toProject : toGitHub}
`
}

const releaseEnd = `      - name: release
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          gh release view "$TAG" > "$RUNNER_TEMP/release.txt" ||
            gh release create "$TAG" --title "$TAG" --notes "Charts of $TAG"
          gh release view "$TAG" --json assets --jq '.assets[].name' > "$RUNNER_TEMP/assets.txt"
          for archive in "$RUNNER_TEMP/charts/"*.tgz; do
            grep --quiet --line-regexp --fixed-strings "$(basename "$archive")" "$RUNNER_TEMP/assets.txt" ||
              gh release upload "$TAG" "$archive"
          done
`

const toProject = `        run: npx --yes "$CHARTROOM" publish "$RUNNER_TEMP/charts/"*.tgz`

// A registry takes no capitals in names.
const toGitHub = `          OWNER: \${{ github.repository_owner }}
          REPOSITORY: \${{ github.server_url }}/\${{ github.repository }}
        run: |
          npx --yes "$CHARTROOM" publish "$RUNNER_TEMP/charts/"*.tgz \\
            --to "oci://ghcr.io/$(printf '%s' "$OWNER" | tr '[:upper:]' '[:lower:]')/charts" \\
            --to "git+$REPOSITORY#gh-pages"`

function nextSteps({ destinations }: Pipeline): string[] {
  const releasing =
    'Release with: git tag chart-v1.2.3 && git push origin chart-v1.2.3 (the version of Chart.yaml).'
  if (destinations.length > 0) {
    return [
      'Logins of registries other than ghcr.io: give them to the step "publish", from secrets (docs/logins.md).',
      releasing,
    ]
  }
  return [
    releasing,
    'After the first release, Settings > Pages: deploy from the branch gh-pages, folder / (root).',
    'After the first release, the settings of the package at ghcr.io: make it public, or only you can install it.',
  ]
}

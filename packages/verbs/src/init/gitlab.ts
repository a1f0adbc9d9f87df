import type { Pipeline, PipelineFile } from './pipeline.ts'

/** GitLab CI: checks merge requests, and releases tags `chart-v1.2.3`. */
export function gitlabPipeline(pipeline: Pipeline): PipelineFile {
  const text = [head(pipeline), check, publish(pipeline), release].join('\n')
  return { path: '.gitlab-ci.yml', text, next: nextSteps(pipeline) }
}

function head({ charts, version }: Pipeline): string {
  return `# Written by \`chartroom init ci --gitlab\`. It is yours: change it as you like.
stages: [check, publish, release]

default:
  image: node:24

variables:
  # The npm package that runs here. Until it is on npm: its archive in this repository, ./chartroom-${version}.tgz
  CHARTROOM: chartroom@${version}
  CHARTS: '${charts.join(' ')}'
  # Packaging takes its time from the last commit of the chart's folder.
  GIT_DEPTH: '0'
`
}

// What changes is shown before anything can end the job.
const check = `check:
  stage: check
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - npx --yes "$CHARTROOM" lint $CHARTS
    - git worktree add --quiet --detach ../base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"
    - |
      for chart in $CHARTS; do
        if [ -f "$chart/Chart.yaml" ] && [ -f "../base/$chart/Chart.yaml" ]; then
          # With the defaults, and with each file of test values.
          for values in /dev/null "$chart"/ci/*-values.yaml; do
            [ -e "$values" ] || continue
            if npx --yes "$CHARTROOM" template "../base/$chart" --values "$values" > ../base.yaml; then
              npx --yes "$CHARTROOM" diff "../base/$chart" "./$chart" --values "$values"
            else
              echo "Before this change, $chart could not be rendered with $values: there is nothing to compare with."
            fi
          done
        fi
      done
    - npx --yes "$CHARTROOM" changed --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA" $CHARTS
`

function publish(pipeline: Pipeline): string {
  return `publish:
  stage: publish
  rules:
    - if: $CI_COMMIT_TAG =~ /^chart-v/
  # One at a time, and never cut off.
  resource_group: charts
  interruptible: false
  script:
    - npx --yes "$CHARTROOM" package $CHARTS --destination packed
    - |
      if ! ls packed/*"-\${CI_COMMIT_TAG#chart-v}.tgz"; then
        echo "No chart has the version of the tag $CI_COMMIT_TAG"
        exit 8
      fi
${pipeline.destinations.length > 0 ? toProject : toGitLab}
  artifacts:
    paths: [packed/]
`
}

const toProject = '    - npx --yes "$CHARTROOM" publish packed/*.tgz'

const toGitLab = `    - |
      printf '%s' "$CI_JOB_TOKEN" |
        npx --yes "$CHARTROOM" publish packed/*.tgz --to "oci://$CI_REGISTRY_IMAGE" --username gitlab-ci-token --password-stdin
    # The classic repository of the package registry keeps what it gets: only what it lacks is sent.
    - |
      login() { printf 'header = "JOB-TOKEN: %s"\\n' "$CI_JOB_TOKEN"; }
      packages="$CI_API_V4_URL/projects/$CI_PROJECT_ID/packages/helm"
      for archive in packed/*.tgz; do
        if login | curl --config - --silent --fail --output /dev/null "$packages/stable/charts/$(basename "$archive")"; then
          echo "$archive is there already"
        else
          login | curl --config - --silent --show-error --fail-with-body --form "chart=@$archive" "$packages/api/stable/charts"
        fi
      done`

const release = `release:
  stage: release
  image: registry.gitlab.com/gitlab-org/cli:latest
  rules:
    - if: $CI_COMMIT_TAG =~ /^chart-v/
  script:
    - echo "Releasing $CI_COMMIT_TAG"
  release:
    tag_name: $CI_COMMIT_TAG
    name: $CI_COMMIT_TAG
    description: Charts of $CI_COMMIT_TAG, from $CI_REGISTRY_IMAGE
`

function nextSteps({ destinations }: Pipeline): string[] {
  const releasing =
    'Release with: git tag chart-v1.2.3 && git push origin chart-v1.2.3 (the version of Chart.yaml).'
  const needed =
    destinations.length > 0
      ? 'Logins of the registries in chartroom.yaml: give them as protected, masked variables (docs/logins.md).'
      : 'Settings > General > Visibility: the container registry and the package registry have to be on.'
  const protecting =
    'Settings > Repository > Protected tags: protect chart-v*, so that not everybody can release.'
  return [needed, protecting, releasing]
}

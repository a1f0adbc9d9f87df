import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasCode } from '@chartroom/errors'
import type { ChartResult, DestinationResult, Packed, Phase, Publication } from '@chartroom/verbs'
import { choosePublication, publish, publishError } from '@chartroom/verbs'
import type { Action } from '../action.ts'
import { chartLocations, chartPatterns } from '../chart-patterns.ts'
import { connectionOf } from '../connection.ts'
import type { MakeRelease } from '../release-maker.ts'
import { outcome, publishedTable } from '../summary.ts'
import { requireVersionTag } from '../version-tag.ts'

/** Publishes charts, and then makes or completes the release of the version tag. */
export async function publishCharts(action: Action): Promise<void> {
  const { inputs, journal, outputs, summary } = action
  const release = inputs.githubRelease ? await openRelease(action) : undefined
  const { charts, destinations } = await journal.group('Checking', () => choose(action))
  if (inputs.versionTag !== undefined) requireVersionTag(inputs.versionTag, namesOf(charts))
  const results = await journal.group(inputs.plan ? 'Planning' : 'Publishing', () =>
    publish(charts, destinations, {
      planOnly: inputs.plan,
      onPhase: (phase) => journal.text(phaseText[phase]),
    }),
  )
  sayResults(action, results)
  summary.add(`### Charts${inputs.plan ? ' (plan: nothing was uploaded)' : ''}\n\n${publishedTable(results)}`)
  const uploaded = results.some((chart) => (chart.destinations ?? []).some(wasUploaded))
  await outputs.set({
    ...firstOf(results),
    changed: String(uploaded),
    results: JSON.stringify({ charts: results }),
  })
  const error = publishError(results)
  if (error !== undefined) throw error
  if (release === undefined || inputs.plan) return
  const made = await journal.group('Release', () => release(charts, results))
  if (!uploaded && made.action !== 'unchanged') await outputs.set({ changed: 'true' })
  await outputs.set({ results: JSON.stringify({ charts: results, release: made }) })
}

/** What a release needs is looked at before anything is uploaded anywhere. */
async function openRelease(action: Action): Promise<MakeRelease> {
  const { releaseMaker } = await import('../release-maker.ts')
  return releaseMaker(action)
}

async function choose(action: Action): Promise<Publication> {
  const { inputs, environment, journal } = action
  warnOfShallowClone(action)
  const publication = await choosePublication(environment, {
    charts: await chartPatterns(inputs.charts, environment.cwd),
    to: inputs.destinations,
    tags: inputs.tags,
    repoUrl: inputs.repoUrl,
    force: false,
    connection: connectionOf(action),
  }).catch((error: unknown) => refuse(action, error))
  for (const warning of publication.warnings) journal.annotate('warning', warning)
  for (const { chart, digest } of publication.charts)
    journal.text(`${chart.metadata.name} ${chart.metadata.version} ${digest}`)
  return publication
}

/** What lint refuses is said at its places, before it is thrown. */
async function refuse(action: Action, error: unknown): Promise<never> {
  if (hasCode(error, 'CHART_INVALID') && error.op === 'lint') {
    const { lintWithAnnotations } = await import('../lint-annotations.ts')
    await lintWithAnnotations(action, await chartLocations(action))
  }
  throw error
}

// The time of an archive is that of the last commit of its folder, which a shallow clone knows of one alone.
function warnOfShallowClone({ environment, journal }: Action): void {
  if (!existsSync(join(environment.cwd, '.git', 'shallow')) || environment.env.SOURCE_DATE_EPOCH) return
  journal.annotate(
    'notice',
    'The repository was fetched without its history, so the time in archives is that of the newest commit, and the same chart gets another digest with each. Give actions/checkout fetch-depth: 0.',
  )
}

const phaseText: Record<Phase, string> = {
  plan: 'comparing with what is there',
  stage: 'uploading',
  commit: 'moving tags and indexes',
  verify: 'reading back',
}

function sayResults({ journal }: Action, charts: readonly ChartResult[]): void {
  for (const { name, version, digest, destinations = [] } of charts) {
    for (const one of destinations) {
      journal.text(`${outcome(one)}: ${name} ${version} ${one.reference} ${one.manifestDigest ?? digest}`)
    }
  }
  // The one error at the end repeats a lone failure.
  const failures = charts.flatMap(({ destinations = [] }) =>
    destinations.filter(({ error }) => error !== undefined),
  )
  if (failures.length > 1)
    for (const { reference, error } of failures)
      journal.annotate('error', `${reference}: ${error?.message ?? ''}`)
  const hidden = charts.flatMap(({ destinations = [] }) => destinations.filter(isPrivate))
  const [first] = hidden
  if (first === undefined) return
  const page = first.visibilityPage === undefined ? '' : ` An owner changes that at ${first.visibilityPage}`
  const what = hidden.length === 1 ? `${first.reference} is` : `${hidden.length} charts are`
  journal.annotate('notice', `${what} private: readers need a login.${page}`)
}

function isPrivate({ visibility }: DestinationResult): boolean {
  return visibility === 'private'
}

function wasUploaded({ status, action }: DestinationResult): boolean {
  return status === 'done' && action !== 'unchanged'
}

/**
 * That of a registry, where there is one, because its manifest is what is pinned. Empty where the chart is nowhere:
 * what failed may have the digest of another one, which lies there.
 */
function firstOf([chart]: readonly ChartResult[]): { digest: string; reference: string } {
  const there = (chart?.destinations ?? []).filter(({ status }) => status === 'done' || status === 'planned')
  const one = there.find(({ manifestDigest }) => manifestDigest !== undefined) ?? there[0]
  if (chart === undefined || one === undefined) return { digest: '', reference: '' }
  return { digest: one.manifestDigest ?? chart.digest, reference: one.reference }
}

function namesOf(charts: readonly Packed[]): { name: string; version: string }[] {
  return charts.map(({ chart }) => chart.metadata)
}

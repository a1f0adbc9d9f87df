import { archiveName } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import { parseVersion } from '@chartroom/go'
import { createTransport } from '@chartroom/oci'
import type { ChartResult, Packed } from '@chartroom/verbs'
import type { Action } from './action.ts'
import { GitHubApi } from './github/api.ts'
import type { ReleaseResult } from './github/release.ts'
import { completeRelease } from './github/release.ts'
import { releaseSection } from './github/release-body.ts'
import type { ReleaseFile } from './github/release-files.ts'
import { Releases } from './github/releases.ts'
import { code, escaped, link, table } from './markdown.ts'
import { limits } from './limits.ts'
import { sha256 } from './sha256.ts'

export type MakeRelease = (
  charts: readonly Packed[],
  results: readonly ChartResult[],
) => Promise<ReleaseResult>

/**
 * What makes the release of the version tag. Throws before anything is done: `USAGE` without a tag, a repository or a
 * token, and for a tag that GitHub does not have, because it would make one.
 */
export async function releaseMaker(action: Action): Promise<MakeRelease> {
  const { inputs, run } = action
  const { versionTag: tag } = inputs
  if (tag === undefined)
    throw usage('a release needs a version tag', 'Start the workflow by a tag, or pass version-tag.')
  const releases = openReleases(action)
  if (tag !== run.eventTag && !(await releases.hasTag(tag))) {
    throw usage(
      `${releases.repository} has no tag ${tag}`,
      'Push the tag first: a release would make one of any commit.',
    )
  }
  return async (charts, results) => {
    const made = await completeRelease(releases, {
      tag,
      files: charts.flatMap(filesOf),
      section: releaseSection(results, inputs.repoUrl),
      prerelease: charts.some(({ chart }) => isPrerelease(chart.metadata.version)),
    })
    sayRelease(action, made)
    return made
  }
}

function openReleases({ inputs, run, environment, journal, wait }: Action): Releases {
  const { env, signal } = environment
  const { token } = inputs
  if (run.repository === undefined || token === undefined) {
    throw usage(
      'a release needs a repository and a token',
      'Run it in a workflow, and leave the input token as it is.',
    )
  }
  const api = new GitHubApi({
    transport: createTransport({ env, signal }),
    url: run.apiUrl,
    token,
    signal,
    onWait: (reason) => journal.annotate('notice', reason),
    wait,
  })
  return new Releases(api, run.repository)
}

function sayRelease({ journal, summary }: Action, made: ReleaseResult): void {
  for (const { name, action: done } of made.files) journal.text(`${done}: ${name}`)
  if (made.draft)
    journal.annotate('notice', `The release ${made.tag} is a draft of somebody, and was left one.`)
  journal.text(`${made.action}: ${made.url}`)
  summary.add(releaseBlock(made))
}

/** The archive as it was published, and the provenance beside it. */
function filesOf({ chart, archive, digest, provenance }: Packed): ReleaseFile[] {
  const name = archiveName(chart.metadata)
  const file = { name, bytes: archive, digest }
  if (provenance === undefined) return [file]
  return [file, { name: `${name}.prov`, bytes: provenance, digest: sha256(provenance) }]
}

function isPrerelease(version: string): boolean {
  return (parseVersion(version)?.prerelease ?? '') !== ''
}

function releaseBlock({ tag, url, action, draft, files }: ReleaseResult): string {
  const rows = files.map((file) => [escaped(file.name), file.action, code(file.digest)])
  const head = `### Release\n\n${link(tag, url)}: ${action}${draft ? ', still a draft' : ''}\n\n`
  return head + table(['file', 'result', 'digest'], rows, limits.summaryBytes >> 2)
}

function usage(message: string, hint: string): ChartroomError {
  return new ChartroomError('USAGE', message, { op: 'github-release', hint })
}

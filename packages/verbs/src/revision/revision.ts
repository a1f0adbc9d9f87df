import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Chart } from '@chartroom/chart'
import { loadArchive } from '@chartroom/chart'
import { nodePorts, readFolder } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import type { Connections } from '../connection.ts'
import { completeChart, lacksLocked } from '../dependency/complete-chart.ts'
import type { TestedChart, TestValues } from '../publish/check/test-values.ts'
import { testValues } from '../publish/check/test-values.ts'
import { checkOut, listFiles } from './checkout.ts'
import type { GitContext } from './git.ts'
import { gitOutput } from './git.ts'
import type { WorkTree } from './work-tree.ts'
import { findWorkTree, mergeBase, pathInTree, resolveCommit } from './work-tree.ts'

export interface RevisionOptions extends GitContext {
  /** To fetch what Chart.lock names and the revision has not in `charts/`; without it that is not done. */
  readonly connections?: Connections | undefined
}

export interface ChartRevision {
  readonly ref: string
  readonly path: string
}

/** The parts of `git:REF:PATH`; undefined for anything else. Throws `USAGE` where one is missing. */
export function parseRevision(reference: string): ChartRevision | undefined {
  if (!reference.startsWith('git:')) return undefined
  const [, ref = '', path = ''] = /^git:([^:]*):(.*)$/s.exec(reference) ?? []
  if (ref !== '' && path !== '') return { ref, path }
  throw new ChartroomError('USAGE', `${reference} names no chart in a git revision`, {
    hint: 'Write git:REF:PATH, such as git:origin/main:./chart; the path is relative to this folder.',
  })
}

/**
 * A chart folder or archive as it was in a revision of the repository around `cwd`, which it leaves untouched.
 * `main...` is, as for `git diff`, the commit where HEAD parted from main.
 * Throws `NOT_FOUND` for a revision or path that is not there, and as `readFolder` and `loadArchive` do.
 */
export async function loadRevision(revision: ChartRevision, options: RevisionOptions): Promise<Chart> {
  return atRevision(revision, options, ({ chart }) => chart)
}

export interface TestedRevision {
  readonly chart: Chart
  readonly tests: readonly TestValues[]
}

/** As {@link loadRevision}, with the `ci/*-values.yaml` that the chart had, ignored by `.helmignore` or not. */
export async function loadTestedRevision(
  revision: ChartRevision,
  options: RevisionOptions,
): Promise<TestedRevision> {
  return atRevision(revision, options, (tested) => ({ chart: tested.chart, tests: testValues(tested) }))
}

/** Does something while the files of the revision are there, in a folder of their own. */
async function atRevision<T>(
  { ref, path }: ChartRevision,
  options: RevisionOptions,
  work: (tested: TestedChart) => T,
): Promise<T> {
  const tree = await findWorkTree(options)
  const commit = ref.endsWith('...')
    ? await mergeBase(tree, ref.slice(0, -3))
    : await resolveCommit(tree, ref)
  const inside = pathInTree(tree, resolve(options.cwd, path))
  const files = await listFiles(tree, commit, inside)
  const archive = files.find((file) => file.path === inside)
  if (archive !== undefined)
    return work({ chart: loadArchive(await readBlob(tree, archive.hash), nodePorts) })
  if (files.length === 0) throw notThere(ref, path)
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-revision-'))
  try {
    const linkRoot = join(folder, 'tree')
    const leads = files.some(({ isLink }) => isLink)
    await checkOut(tree, { commit, folder, files: leads ? await listFiles(tree, commit, '') : files })
    const place = { folder: join(linkRoot, inside), linkRoot }
    const chart = await readFolder(place.folder, { linkRoot })
    if (options.connections === undefined || !lacksLocked(chart)) return work({ chart, ...place })
    if (hasLocal(chart)) await checkOut(tree, { commit, folder, files: await listFiles(tree, commit, '') })
    return work({ chart: await completeChart(chart, place.folder, options.connections), ...place })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readBlob({ context }: WorkTree, hash: string): Promise<Uint8Array> {
  return new Uint8Array(await gitOutput(context, ['cat-file', 'blob', hash]))
}

function hasLocal({ metadata }: Chart): boolean {
  return (metadata.dependencies ?? []).some(({ repository }) => repository.startsWith('file://'))
}

function notThere(ref: string, path: string): ChartroomError {
  return new ChartroomError('NOT_FOUND', `there is no ${path} in the git revision ${ref}`, {
    hint: 'The path is relative to this folder, as for a chart on disk.',
  })
}

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { findProject } from '../project/project.ts'
import { gitOutput, zeroSeparated } from '../revision/git.ts'
import type { WorkTree } from '../revision/work-tree.ts'
import { pathInTree } from '../revision/work-tree.ts'
import type { TreeChange } from './tree-change.ts'

/** The folders of charts to look at, from the root on; the root itself is an empty text. */
export interface ChartPlaces {
  readonly present: readonly string[]
  /** Those that were there in the commit. */
  readonly deleted: readonly string[]
}

interface FoundCharts extends ChartPlaces {
  /** All that were there in the commit, asked for or not: one may have moved from there. */
  readonly gone: readonly string[]
}

interface Wanted {
  readonly named: readonly string[]
  readonly cwd: string
  readonly changes: readonly TreeChange[]
}

/**
 * The charts that are named, by folder or pattern; without any those of `chartroom.yaml`, else all of the work
 * tree but charts inside of charts. Throws `CHART_NOT_FOUND` for a name that stands for none.
 */
export async function findCharts(tree: WorkTree, { named, cwd, changes }: Wanted): Promise<FoundCharts> {
  const present = await presentCharts(tree)
  const deleted = changes.filter(({ kind }) => kind === 'deleted').flatMap(({ path }) => chartOf(path))
  const project = named.length > 0 ? undefined : await findProject(cwd)
  const patterns = named.length > 0 ? named : (project?.charts ?? [])
  if (patterns.length === 0) {
    const all = new Set([...present, ...deleted])
    return { present: outermost(present, all), deleted: outermost(deleted, all), gone: deleted }
  }
  const folder = named.length > 0 ? cwd : (project?.folder ?? cwd)
  const found = patterns.map((pattern) => matching(tree, resolve(folder, pattern), { present, deleted }))
  const missing = patterns.find((pattern, index) => isEmpty(found[index]) && mustBe(pattern, named))
  if (missing !== undefined) throw notFound(missing)
  return {
    present: [...new Set(found.flatMap((one) => one.present))].sort(),
    deleted: [...new Set(found.flatMap((one) => one.deleted))].sort(),
    gone: deleted,
  }
}

async function presentCharts({ root, context }: WorkTree): Promise<string[]> {
  const files = await gitOutput(context, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  const folders = new Set(zeroSeparated(files).flatMap(chartOf))
  return [...folders].filter((folder) => existsSync(join(root, folder, 'Chart.yaml'))).sort()
}

function chartOf(path: string): string[] {
  if (path === 'Chart.yaml') return ['']
  return path.endsWith('/Chart.yaml') ? [path.slice(0, -'/Chart.yaml'.length)] : []
}

/** Without the charts that lie in `charts/` of one of all: they are part of that one. */
function outermost(folders: readonly string[], all: ReadonlySet<string>): string[] {
  return folders.filter((folder) => {
    const parts = folder.split('/')
    return !parts.some((part, index) => part === 'charts' && all.has(parts.slice(0, index).join('/')))
  })
}

function matching(tree: WorkTree, path: string, { present, deleted }: ChartPlaces): ChartPlaces {
  if (!path.includes('*')) {
    const place = pathInTree(tree, path)
    const isThere = existsSync(join(path, 'Chart.yaml'))
    return { present: isThere ? [place] : [], deleted: deleted.filter((one) => one === place) }
  }
  const [before = ''] = path.split('*', 1)
  // Links can only be followed in what stands before the first star.
  const start = before.slice(0, Math.max(before.lastIndexOf('/'), before.lastIndexOf('\\')))
  const inside = pathInTree(tree, start === '' ? '/' : start)
  const rest = path.slice(start.length).replace(/\\/g, '/')
  const glob = new RegExp(`^${escaped(inside)}${rest.split('*').map(escaped).join('[^/]*')}$`)
  const isMatch = (place: string): boolean => glob.test(inside === '' ? `/${place}` : place)
  return { present: present.filter(isMatch), deleted: deleted.filter(isMatch) }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** chartroom.yaml may have patterns for charts to come, and archives, of which git has no old version to tell. */
function mustBe(pattern: string, named: readonly string[]): boolean {
  return named.length > 0 || !(pattern.includes('*') || pattern.endsWith('.tgz'))
}

function isEmpty(places: ChartPlaces | undefined): boolean {
  return places === undefined || places.present.length + places.deleted.length === 0
}

function notFound(name: string): ChartroomError {
  return new ChartroomError('CHART_NOT_FOUND', `${name}: there is no chart, and there was none`, {
    hint: 'Name folders with a Chart.yaml, or leave them out to look at all charts.',
  })
}

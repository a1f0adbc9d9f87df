import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Metadata } from '@chartroom/chart'
import { readMetadata } from '@chartroom/chart'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'
import { runGit } from '../revision/git.ts'
import type { WorkTree } from '../revision/work-tree.ts'
import type { ChangedChart } from './changed-chart.ts'
import type { PackagedChanges } from './packaged-changes.ts'
import { localCharts } from './local-charts.ts'
import { pathBelow } from './packaged-changes.ts'
import type { TreeChange } from './tree-change.ts'
import { isHigher, nextVersion } from './version-step.ts'

type OldChart = Pick<Metadata, 'name' | 'version'> | undefined

/** A chart that is in the commit alone. */
export interface GoneChart {
  readonly place: string
  readonly old: OldChart
}

interface Seen {
  readonly tree: WorkTree
  readonly base: string
  readonly changes: readonly TreeChange[]
  readonly packaged: PackagedChanges
  readonly cwd: string
}

/** The charts of a work tree beside the commit that it is compared with. */
export class ChartView {
  readonly #seen: Seen

  constructor(seen: Seen) {
    this.#seen = seen
  }

  async gone(places: readonly string[]): Promise<GoneChart[]> {
    return Promise.all(places.map(async (place) => ({ place, old: await this.#before(place) })))
  }

  async present(place: string, gone: readonly GoneChart[]): Promise<ChangedChart> {
    const metadata = this.#metadata(place)
    const changes = this.#changes(place)
    const isNew = changes.some(({ path, kind }) => kind === 'added' && path === chartFile(place))
    const origin = isNew ? gone.find(({ old }) => old?.name === metadata.name) : undefined
    const old = isNew ? origin?.old : await this.#before(place)
    const isSame = origin !== undefined && this.#isSame(origin.place, place, changes)
    const changed = changes.length > 0 && !isSame
    const bumped = changed && (old === undefined || isHigher(old.version, metadata.version))
    const next = changed && !bumped ? nextVersion(old?.version ?? '') : undefined
    return {
      chart: this.#shown(place),
      name: metadata.name,
      change: origin !== undefined ? 'moved' : isNew ? 'added' : changed ? 'changed' : 'unchanged',
      changed,
      ...(origin === undefined ? {} : { oldChart: this.#shown(origin.place) }),
      ...(old === undefined ? {} : { oldVersion: old.version }),
      version: metadata.version,
      bumped,
      ...(next === undefined ? {} : { nextVersion: next }),
      files: changed ? changes.map(({ path }) => this.#shown(path)).sort() : [],
    }
  }

  deleted({ place, old }: GoneChart): ChangedChart {
    return {
      chart: this.#shown(place),
      name: old?.name ?? '',
      change: 'deleted',
      changed: true,
      ...(old === undefined ? {} : { oldVersion: old.version }),
      bumped: true,
      files: [],
    }
  }

  /** Name and version in the commit; undefined where there is no Chart.yaml that says them. */
  async #before(place: string): Promise<OldChart> {
    const { tree, base, changes } = this.#seen
    const module = changes.find(
      ({ path, isSubmodule }) => isSubmodule && pathBelow(path, place) !== undefined,
    )
    const inside = module === undefined ? place : (pathBelow(module.path, place) ?? '')
    const context =
      module === undefined ? tree.context : { ...tree.context, cwd: join(tree.root, module.path) }
    const commit = module === undefined ? base : module.oldHash
    const { code, stdout } = await runGit(context, ['cat-file', 'blob', `${commit}:${chartFile(inside)}`])
    if (code !== 0) return undefined
    try {
      return readMetadata(stdout.toString())
    } catch (error) {
      // It cannot be mended any more: the chart counts as one without a version then.
      if (error instanceof ChartroomError) return undefined
      throw error
    }
  }

  #metadata(place: string): Metadata {
    const path = join(this.#seen.tree.root, place, 'Chart.yaml')
    return this.#labelled(place, () => readMetadata(readFileSync(path, 'utf8')))
  }

  #labelled<T>(place: string, work: () => T): T {
    try {
      return work()
    } catch (error) {
      const { code, message, hint } = asChartroomError(error)
      throw new ChartroomError(code, `${this.#shown(place)}: ${message}`, { hint, cause: error })
    }
  }

  /** Of the chart and, because their content becomes part of its package, of charts that it takes from folders. */
  #changes(place: string): TreeChange[] {
    const { packaged, tree } = this.#seen
    const found = new Map<string, TreeChange>()
    const places = new Set([place])
    // A set hands out what is added while one goes through it, and each place once.
    for (const one of places) {
      for (const change of packaged.of(one)) found.set(change.path, change)
      const metadata = this.#metadata(one)
      for (const other of this.#labelled(one, () => localCharts(tree.root, one, metadata))) places.add(other)
      if (places.size > limits.dependencies) throw this.#tooMany(place)
    }
    return [...found.values()]
  }

  #tooMany(place: string): ChartroomError {
    const message = `${this.#shown(place)} takes more than ${limits.dependencies} charts from folders`
    return new ChartroomError('LIMIT_EXCEEDED', message, {
      hint: 'Name the charts that are to be looked at.',
    })
  }

  /** Whether a moved chart has the same files, as far as git knows them. */
  #isSame(before: string, after: string, changes: readonly TreeChange[]): boolean {
    const old = new Map<string, string | undefined>()
    for (const { path, oldHash } of this.#seen.packaged.of(before))
      old.set(pathBelow(before, path) ?? path, oldHash)
    const young = changes.map(({ path, newHash }) => [pathBelow(after, path) ?? path, newHash] as const)
    return (
      old.size === young.length && young.every(([path, hash]) => hash !== undefined && old.get(path) === hash)
    )
  }

  #shown(path: string): string {
    const { cwd, tree } = this.#seen
    return relative(cwd, join(tree.root, path)).split(sep).join('/') || '.'
  }
}

function chartFile(place: string): string {
  return place === '' ? 'Chart.yaml' : `${place}/Chart.yaml`
}

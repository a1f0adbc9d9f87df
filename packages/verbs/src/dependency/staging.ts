import { mkdir, realpath, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withLock } from '@chartroom/files'
import { exists, replaceFolder, restoreFolder, workPaths } from './swap.ts'
import type { WorkPaths } from './swap.ts'

/** What `charts/` is to become. */
export interface ChartsChange {
  /** Staged archives that are not there yet with these bytes. */
  readonly changed: readonly string[]
  /** Files that go. */
  readonly removed: readonly string[]
  /** All else that is in `charts/` and stays. */
  readonly kept: readonly string[]
}

/**
 * The new archives and lock of a chart, written beside the old ones, so that nothing is changed until all is
 * there. One process works on a chart at a time, and first puts right what a killed one left.
 */
export class Staging {
  readonly #chartFolder: string
  readonly #paths: WorkPaths
  readonly #texts = new Set<string>()

  private constructor(chartFolder: string, paths: WorkPaths) {
    this.#chartFolder = chartFolder
    this.#paths = paths
  }

  static async use<T>(chartFolder: string, work: (staging: Staging) => Promise<T>): Promise<T> {
    const link = join(chartFolder, 'charts')
    // A link to a folder elsewhere stays one: what it leads to is replaced.
    const charts = (await exists(link)) ? await realpath(link) : link
    const paths = workPaths(charts)
    return withLock(`${paths.work}.lock`, async () => {
      await restoreFolder(paths)
      await mkdir(paths.next, { recursive: true })
      try {
        return await work(new Staging(chartFolder, paths))
      } finally {
        await restoreFolder(paths)
      }
    })
  }

  get charts(): string {
    return this.#paths.charts
  }

  async stage(file: string, bytes: Uint8Array): Promise<void> {
    await writeFile(join(this.#paths.next, file), bytes, { flush: true })
  }

  /** A file of the chart itself; it takes its place after `charts/`. */
  async stageText(name: string, text: string): Promise<void> {
    await writeFile(join(this.#paths.work, name), text, { flush: true })
    this.#texts.add(name)
  }

  async commit({ changed, removed, kept }: ChartsChange): Promise<void> {
    const { charts, next } = this.#paths
    const only = changed.length === 1 && removed.length === 0 ? changed[0] : undefined
    if (!(await exists(charts))) await rename(next, charts)
    else if (only !== undefined) await rename(join(next, only), join(charts, only))
    else if (changed.length + removed.length > 0) await replaceFolder(this.#paths, kept)
    for (const name of this.#texts) await rename(join(this.#paths.work, name), join(this.#chartFolder, name))
  }
}

import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { dependencyWorkName } from '@chartroom/chart'

/** Where a new `charts/` is made: beside it, or a rename could not move it there. */
export interface WorkPaths {
  readonly charts: string
  readonly work: string
  readonly next: string
  readonly old: string
  /** The names that move from the old folder to the new one. */
  readonly journal: string
}

export function workPaths(charts: string): WorkPaths {
  const work = join(dirname(charts), dependencyWorkName)
  return {
    charts,
    work,
    next: join(work, 'next'),
    old: join(work, 'old'),
    journal: join(work, 'kept.json'),
  }
}

/**
 * Puts the new folder in the place of the old one. What is kept moves over as it is. At every moment `charts/`
 * is the old folder, the new one, or, between two renames, absent: never a mixture. A failure undoes all.
 */
export async function replaceFolder(paths: WorkPaths, kept: readonly string[]): Promise<void> {
  await writeFile(paths.journal, JSON.stringify(kept), { flush: true })
  await rename(paths.charts, paths.old)
  try {
    for (const name of kept) await rename(join(paths.old, name), join(paths.next, name))
    await rename(paths.next, paths.charts)
  } catch (error) {
    await putBack(paths)
    throw error
  }
}

/** Undoes what a process did that was killed while it replaced the folder, and clears its work away. */
export async function restoreFolder(paths: WorkPaths): Promise<void> {
  if (await exists(paths.old)) {
    if (await exists(paths.charts)) await moveKept(paths, paths.charts)
    else await putBack(paths)
  }
  await rm(paths.work, { recursive: true, force: true })
}

async function putBack(paths: WorkPaths): Promise<void> {
  await moveKept(paths, paths.old)
  await rename(paths.old, paths.charts)
}

/** Nothing that was to be kept is lost with the work folder, whoever has made `charts/` since. */
async function moveKept(paths: WorkPaths, target: string): Promise<void> {
  for (const name of await journalOf(paths)) {
    if (await exists(join(target, name))) continue
    for (const place of [paths.next, paths.old]) {
      if (!(await exists(join(place, name)))) continue
      await rename(join(place, name), join(target, name))
      break
    }
  }
}

// Written and flushed before the old folder moves: where it is gone, all had moved, and it went first.
async function journalOf({ journal }: WorkPaths): Promise<string[]> {
  if (!(await exists(journal))) return []
  const names: unknown = JSON.parse(await readFile(journal, 'utf8'))
  return Array.isArray(names) ? names.map(String) : []
}

/** True also for a link that leads nowhere. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

import { opendir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isRepositoryName } from './name.ts'
import type { StorePaths } from './path.ts'
import { repositoryPaths } from './path.ts'
import { unlessAbsent } from './system.ts'

export interface CatalogOptions {
  /** Begins after this name. */
  readonly after?: string | undefined
  /** Only what is below this namespace; '' is all. */
  readonly namespace?: string | undefined
  /** Only what is directly below it. */
  readonly direct?: boolean | undefined
  /** Also those that hold blobs but no manifest yet. */
  readonly unfinished?: boolean | undefined
}

/** The names of the repositories, sorted by bytes. */
export function listRepositories(paths: StorePaths, options: CatalogOptions = {}): AsyncIterable<string> {
  const prefix = options.namespace === undefined || options.namespace === '' ? '' : `${options.namespace}/`
  return walk(paths, prefix, options)
}

async function* walk(paths: StorePaths, prefix: string, options: CatalogOptions): AsyncIterable<string> {
  const after = options.after ?? ''
  for (const item of await itemsBelow(paths, prefix)) {
    if (item.endsWith('/')) {
      const ended = item < after && !after.startsWith(item)
      if (options.direct !== true && !ended) yield* walk(paths, item, options)
    } else if (item > after && (options.unfinished === true || (await hasManifests(paths, item)))) {
      yield item
    }
  }
}

// `a-b` sorts between `a` and `a/c`, so a folder stands twice: as a repository, and with a slash for those below it.
async function itemsBelow(paths: StorePaths, prefix: string): Promise<string[]> {
  const folder = join(paths.repositories, ...prefix.split('/'))
  const entries = (await unlessAbsent(readdir(folder, { withFileTypes: true }))) ?? []
  return entries
    .filter((entry) => entry.isDirectory() && isRepositoryName(entry.name))
    .flatMap(({ name }) => [prefix + name, `${prefix}${name}/`])
    .sort()
}

async function hasManifests(paths: StorePaths, name: string): Promise<boolean> {
  const folder = await unlessAbsent(opendir(repositoryPaths(paths, name).manifests))
  if (folder === undefined) return false
  try {
    return (await folder.read()) !== null
  } finally {
    await folder.close()
  }
}

import { statSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder } from './folder.ts'
import type { StorePaths } from './path.ts'
import { revisionPath } from './path.ts'
import { hasSystemCode } from './system.ts'

/**
 * Counts the changes in each namespace, for readers that keep what they made of it: a file that grows by a byte with
 * each change, whichever process makes it. Not synced: a count lost with the power is lost with all who read it.
 */
export interface Revisions {
  /** The changes so far in the repositories directly below the namespace. */
  of(namespace: string): number
  /** Tells of a change in this repository. */
  bump(repository: string): Promise<void>
}

export function createRevisions(paths: StorePaths): Revisions {
  return {
    of: (namespace) => statSync(revisionPath(paths, namespace), { throwIfNoEntry: false })?.size ?? 0,
    async bump(repository) {
      const path = revisionPath(paths, namespaceOf(repository))
      try {
        await appendFile(path, '.')
      } catch (error) {
        if (!hasSystemCode(error, 'ENOENT')) throw error
        await makeFolder(dirname(path))
        await appendFile(path, '.')
      }
    },
  }
}

/** The path above a repository; '' for one at the root. */
export function namespaceOf(repository: string): string {
  return repository.slice(0, Math.max(0, repository.lastIndexOf('/')))
}

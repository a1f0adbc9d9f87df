import { lstatSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes the folder, for its owner alone, and the two around it. Throws what Node throws where that cannot be done. Not
 * by `recursive`, with which Node 20 never ends on a file system that refuses new folders as procfs does.
 */
export function makeCodeFolder(folder: string): void {
  const own = dirname(folder)
  for (const path of [dirname(own), own, folder]) {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) makeFolder(path)
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another call of the program was faster.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

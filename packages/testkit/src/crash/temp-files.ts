import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Unfinished files below a store's folder. */
export function temporaryFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((path) => path.startsWith('uploads') || path.startsWith('.format-'))
}

import { lstatSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compareBytes } from '@chartroom/go'
import { limits } from '../limits.ts'

/**
 * The charts in `charts/` of a chart folder, at any depth: folders with a Chart.yaml, and archives. Paths begin
 * as `path` does. Links are not followed, as in helm.
 */
export function subchartPaths(path: string, cwd: string): string[] {
  return visit(join(path, 'charts'), cwd, limits.folderDepth)
}

function visit(folder: string, cwd: string, depth: number): string[] {
  const at = resolve(cwd, folder)
  if (depth === 0 || !isFolder(at)) return []
  const entries = readdirSync(at, { withFileTypes: true })
  return entries
    .sort((a, b) => compareBytes(a.name, b.name))
    .flatMap((entry) => {
      if (entry.name === 'Chart.yaml') return [folder]
      if (/\.(tgz|tar\.gz)$/.test(entry.name)) return [join(folder, entry.name)]
      return entry.isDirectory() ? visit(join(folder, entry.name), cwd, depth - 1) : []
    })
}

// What lies below a file is no folder either.
function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory()
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code)))
      return false
    throw error
  }
}

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chartLimits, loadAnyChart } from '@chartroom/chart'
import { nodePorts, readFolderFiles } from '@chartroom/chart/node'
import type { LintedFolder } from '@chartroom/check'
import { ChartroomError } from '@chartroom/errors'

/** A chart folder on disk, as lint looks at it. */
export function diskFolder(path: string): LintedFolder {
  return {
    path,
    kindOf(name) {
      const stats = statSync(join(path, name), { throwIfNoEntry: false })
      if (stats === undefined) return undefined
      return stats.isDirectory() ? 'folder' : 'file'
    },
    read: (name) => readText(join(path, name), name),
    load: () => loadAnyChart(readFolderFiles(path), nodePorts),
  }
}

function readText(path: string, name: string): string {
  const { size } = statSync(path)
  if (size <= chartLimits.fileBytes) return readFileSync(path, 'utf8')
  throw new ChartroomError(
    'LIMIT_EXCEEDED',
    `chart file "${name}" is larger than the maximum file size ${chartLimits.fileBytes}`,
  )
}

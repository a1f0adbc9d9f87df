import { realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { ChartroomError, hasCode } from '@chartroom/errors'
import { limits } from '../limits.ts'
import type { ChartFolder } from './chart-folder.ts'
import { readChartFolder } from './chart-folder.ts'
import { folderOf, originOf } from './origin.ts'

/**
 * Throws `CHART_INVALID` where `file://` leads from a chart back to itself: each packing would put the last one
 * into the next.
 */
export async function refuseCycles(chart: ChartFolder): Promise<void> {
  await walk(chart, [await realpath(chart.folder)], new Set())
}

async function walk(chart: ChartFolder, trail: readonly string[], seen: Set<string>): Promise<void> {
  if (trail.length > limits.localDepth || seen.size > limits.dependencies) throw tooDeep(trail)
  for (const dependency of chart.declared ?? []) {
    if (originOf(dependency) !== 'folder') continue
    const next = await readIfChart(folderOf(dependency, chart.folder))
    if (next === undefined) continue
    const real = await realpath(next.folder)
    if (trail.includes(real)) throw cycle([...trail.slice(trail.indexOf(real)), real])
    if (seen.has(real)) continue
    seen.add(real)
    await walk(next, [...trail, real], seen)
  }
}

// What the chart itself needs is missed later; what its dependencies need is not fetched for them.
async function readIfChart(folder: string): Promise<ChartFolder | undefined> {
  try {
    return await readChartFolder(folder)
  } catch (error) {
    if (hasCode(error, 'FILE_NOT_FOUND', 'CHART_NOT_FOUND', 'USAGE')) return undefined
    throw error
  }
}

function cycle(trail: readonly string[]): ChartroomError {
  const names = trail.map((path) => basename(path)).join(' -> ')
  return new ChartroomError('CHART_INVALID', `charts depend on each other in a circle: ${names}`, {
    hint: 'Move what both need into a third chart.',
  })
}

function tooDeep(trail: readonly string[]): ChartroomError {
  const [first = ''] = trail
  return new ChartroomError(
    'LIMIT_EXCEEDED',
    `file:// dependencies of ${first} lead through more than ${limits.localDepth} folders, or to more than ${limits.dependencies} charts`,
    { hint: 'Keep the dependencies of dependencies beside each other.' },
  )
}

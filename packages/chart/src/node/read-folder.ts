import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { Chart } from '../chart.ts'
import type { ChartFile } from '../file.ts'
import { fileText, withoutMark } from '../file.ts'
import type { IgnoreRules } from '../helmignore/ignore-rules.ts'
import { parseIgnoreRules } from '../helmignore/ignore-rules.ts'
import { limits } from '../limits.ts'
import { loadChart } from '../load-chart.ts'
import type { FoundFile } from './folder-walk.ts'
import { inside, walkFolder } from './folder-walk.ts'
import { nodePorts } from './ports.ts'

export interface ReadFolderOptions {
  /**
   * Symbolic links may lead anywhere below this folder. Without it: the git work tree around the chart, or
   * else the chart's own folder.
   */
  readonly linkRoot?: string | undefined
}

/**
 * Reads a chart folder as Helm does: `.helmignore`, symbolic links followed, byte order marks stripped.
 * Throws `CHART_NOT_FOUND` without a Chart.yaml, `CHART_INVALID` for what Helm would refuse and for links
 * that lead out of `linkRoot`, `LIMIT_EXCEEDED` for what is too large.
 */
export async function readFolder(folder: string, options: ReadFolderOptions = {}): Promise<Chart> {
  const root = resolve(folder)
  requireChartFile(root)
  return loadChart(readFilesBelow(root, options), nodePorts)
}

/** The files of a chart folder that `.helmignore` leaves, as {@link readFolder} reads them; there may be no Chart.yaml. */
export function readFolderFiles(folder: string, options: ReadFolderOptions = {}): ChartFile[] {
  return readFilesBelow(resolve(folder), options)
}

function readFilesBelow(root: string, options: ReadFolderOptions): ChartFile[] {
  const rules = readIgnoreRules(root)
  return readFiles(walkFolder(root, { rules, linkRoot: options.linkRoot }))
}

function requireChartFile(root: string): void {
  const path = inside(root, 'Chart.yaml')
  try {
    statSync(path)
  } catch (cause) {
    throw new ChartroomError(
      'CHART_NOT_FOUND',
      `unable to detect chart at ${path}: ${asChartroomError(cause).message}`,
      {
        hint: 'Give the folder that holds Chart.yaml.',
        cause,
      },
    )
  }
}

function readIgnoreRules(root: string): IgnoreRules {
  const path = inside(root, '.helmignore')
  // A link that leads nowhere is found by the walk.
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return parseIgnoreRules('')
  return parseIgnoreRules(fileText(readOne({ name: '.helmignore', path })))
}

function readFiles(found: readonly FoundFile[]): ChartFile[] {
  let total = 0
  return found.map((one) => {
    const file = readOne(one)
    total += file.data.length
    if (total <= limits.chartBytes) return file
    throw new ChartroomError('LIMIT_EXCEEDED', `chart is larger than the maximum size ${limits.chartBytes}`, {
      hint: 'Leave out with .helmignore what the templates do not need.',
    })
  })
}

function readOne({ name, path }: FoundFile): ChartFile {
  const descriptor = openSync(path, 'r')
  try {
    const { size } = fstatSync(descriptor)
    if (size > limits.fileBytes) throw tooLarge(name)
    return { name, data: withoutMark(readAll(descriptor, size)) }
  } finally {
    closeSync(descriptor)
  }
}

/** At most as much as there was when its size was asked. */
function readAll(descriptor: number, size: number): Uint8Array {
  const data = new Uint8Array(size)
  let at = 0
  while (at < size) {
    const count = readSync(descriptor, data, at, size - at, null)
    if (count === 0) return data.subarray(0, at)
    at += count
  }
  return data
}

function tooLarge(name: string): ChartroomError {
  return new ChartroomError(
    'LIMIT_EXCEEDED',
    `chart file ${JSON.stringify(name)} is larger than the maximum file size ${limits.fileBytes}`,
    { hint: 'Leave it out with .helmignore.' },
  )
}

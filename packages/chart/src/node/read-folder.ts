import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { asChartroomError, ChartroomError, hasCode } from '@chartroom/errors'
import type { Chart } from '../chart.ts'
import type { ChartFile } from '../file.ts'
import { fileText, withoutMark } from '../file.ts'
import type { IgnoreRules } from '../helmignore/ignore-rules.ts'
import { parseIgnoreRules } from '../helmignore/ignore-rules.ts'
import { limits } from '../limits.ts'
import { loadChart } from '../load-chart.ts'
import type { FoundFile } from './folder-walk.ts'
import { walkFolder } from './folder-walk.ts'
import { nodePorts } from './ports.ts'

export interface ReadFolderOptions {
  /**
   * Symbolic links may lead anywhere below this folder. Without it: the git work tree around the chart, or
   * else the chart's own folder.
   */
  readonly linkRoot?: string | undefined
}

/** How many files are open at once. */
const batch = 32

/**
 * Reads a chart folder as Helm does: `.helmignore`, symbolic links followed, byte order marks stripped.
 * Throws `CHART_NOT_FOUND` without a Chart.yaml, `CHART_INVALID` for what Helm would refuse and for links
 * that lead out of `linkRoot`, `LIMIT_EXCEEDED` for what is too large.
 */
export async function readFolder(folder: string, options: ReadFolderOptions = {}): Promise<Chart> {
  const root = resolve(folder)
  await requireChartFile(root)
  const rules = await readIgnoreRules(root)
  const found = await walkFolder(root, { rules, linkRoot: options.linkRoot })
  return loadChart(await readFiles(found), nodePorts)
}

async function requireChartFile(root: string): Promise<void> {
  const path = join(root, 'Chart.yaml')
  try {
    await stat(path)
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

async function readIgnoreRules(root: string): Promise<IgnoreRules> {
  const path = join(root, '.helmignore')
  try {
    return parseIgnoreRules(fileText(await readOne({ name: '.helmignore', path })))
  } catch (error) {
    // A link that leads nowhere is found by the walk.
    if (hasCode(asChartroomError(error), 'FILE_NOT_FOUND')) return parseIgnoreRules('')
    throw error
  }
}

async function readFiles(found: readonly FoundFile[]): Promise<ChartFile[]> {
  const files: ChartFile[] = []
  let total = 0
  for (let at = 0; at < found.length; at += batch) {
    const some = await Promise.all(found.slice(at, at + batch).map(readOne))
    total += some.reduce((sum, { data }) => sum + data.length, 0)
    if (total > limits.chartBytes) {
      throw new ChartroomError(
        'LIMIT_EXCEEDED',
        `chart is larger than the maximum size ${limits.chartBytes}`,
        {
          hint: 'Leave out with .helmignore what the templates do not need.',
        },
      )
    }
    files.push(...some)
  }
  return files
}

async function readOne({ name, path }: FoundFile): Promise<ChartFile> {
  if ((await stat(path)).size > limits.fileBytes) throw tooLarge(name)
  const data = new Uint8Array(await readFile(path))
  if (data.length > limits.fileBytes) throw tooLarge(name)
  return { name, data: withoutMark(data) }
}

function tooLarge(name: string): ChartroomError {
  return new ChartroomError(
    'LIMIT_EXCEEDED',
    `chart file ${JSON.stringify(name)} is larger than the maximum file size ${limits.fileBytes}`,
    { hint: 'Leave it out with .helmignore.' },
  )
}

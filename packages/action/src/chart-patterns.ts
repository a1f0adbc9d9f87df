import { relative, sep } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { chartPaths, expandCharts, findProject } from '@chartroom/verbs'
import type { Action } from './action.ts'

/** The paths that an input's lines name; `*` stands for any part of one name. Throws `USAGE` for one without a chart. */
export async function chartPatterns(lines: readonly string[], cwd: string): Promise<string[]> {
  const paths: string[] = []
  for (const line of lines) {
    const found = await expandCharts(cwd, line)
    if (found.length === 0) {
      throw new ChartroomError('USAGE', `there is no chart ${line}`, {
        hint: 'The input charts names folders with a Chart.yaml, or archives; check that the repository was checked out.',
      })
    }
    paths.push(...[...found].sort())
  }
  return [...new Set(paths)]
}

/**
 * Where the charts of a run lie, those of `chartroom.yaml` where none are named: relative to the workspace, with `/`, as
 * annotations are.
 */
export async function chartLocations({ inputs, environment }: Action): Promise<string[]> {
  const { cwd } = environment
  const named = await chartPatterns(inputs.charts, cwd)
  const paths = await chartPaths(named, environment, await findProject(cwd))
  return paths.map((path) => relative(cwd, path).split(sep).join('/') || '.')
}

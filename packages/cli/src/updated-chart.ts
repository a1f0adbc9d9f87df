import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Chart } from '@chartroom/chart'
import { missingDependencies } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import { updateDependencies } from '@chartroom/verbs'
import { changeDependencies } from './dependency-options.ts'
import type { Invocation } from './invocation.ts'
import { loadNamedChart } from './named-chart.ts'

/** The chart that an argument names, its `charts/` updated first where something is missing there, as helm does. */
export async function loadUpdatedChart(invocation: Invocation, name: string): Promise<Chart> {
  const chart = await loadNamedChart(invocation, name)
  if (missingDependencies(chart).length === 0) return chart
  const folder = resolve(invocation.environment.cwd, name)
  if (invocation.flags.text('repo') !== undefined || !existsSync(folder)) {
    throw new ChartroomError('USAGE', `only unpacked charts can be updated: ${name} is none`, {
      hint: 'Unpack it with chartroom pull --untar, and give the folder.',
    })
  }
  await changeDependencies(invocation, folder, updateDependencies)
  return loadNamedChart(invocation, name)
}

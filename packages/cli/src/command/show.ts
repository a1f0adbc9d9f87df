import type { Part } from '@chartroom/verbs'
import { showChart } from '@chartroom/verbs'
import type { CommandModule } from '../invocation.ts'
import { loadNamedChart } from '../named-chart.ts'

/** The command that shows one part of a chart. */
export function showPart(part: Part): CommandModule {
  return {
    async run(invocation) {
      const [name = ''] = invocation.args
      invocation.io.out(showChart(await loadNamedChart(invocation, name), part))
    },
  }
}

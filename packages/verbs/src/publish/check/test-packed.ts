import { chartFault } from '@chartroom/check'
import type { GivenValues } from '@chartroom/template'
import { mergeGivenValues, render } from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'
import type { Packed } from '../../package/packed.ts'
import type { Checked } from './check-charts.ts'
import { testValues } from './test-values.ts'

/** Renders a packed chart as `helm template` does, with its defaults and with each file of test values. */
export async function testPacked(packed: Packed): Promise<Checked> {
  // A library has nothing of its own to render.
  if (packed.chart.metadata.type === 'library') return { faults: [], warnings: [] }
  const warnings: string[] = []
  const failure = await renderFailure(packed, {})
  if (failure !== undefined) warnings.push(`cannot be rendered with its default values: ${failure}`)
  const faults: string[] = []
  for (const file of testValues(packed)) {
    const fault = await renderFailure(packed, { files: [file] })
    if (fault !== undefined) faults.push(`${file.name}: ${fault}`)
  }
  return { faults, warnings }
}

async function renderFailure({ chart }: Packed, given: GivenValues): Promise<string | undefined> {
  try {
    await render(chart, { ports: nodePorts, values: mergeGivenValues(given) })
    return undefined
  } catch (error) {
    return chartFault(error).message
  }
}

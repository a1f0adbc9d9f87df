import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileText } from '@chartroom/chart'
import { chartFault } from '@chartroom/check'
import { compareBytes } from '@chartroom/go'
import type { GivenValues } from '@chartroom/template'
import { mergeGivenValues, render } from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'
import type { Packed } from '../../package/packed.ts'
import type { Checked } from './check-charts.ts'

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

interface TestValues {
  readonly name: string
  readonly text: string
}

/** `ci/*-values.yaml`: from the folder where there is one, because `.helmignore` often leaves `ci/` out. */
function testValues({ chart, folder }: Packed): TestValues[] {
  const isTest = /^ci\/[^/]*-values\.yaml$/
  if (folder === undefined) {
    return chart.files
      .filter(({ name }) => isTest.test(name))
      .map((file) => ({ name: file.name, text: fileText(file) }))
  }
  if (!existsSync(join(folder, 'ci'))) return []
  return readdirSync(join(folder, 'ci'))
    .map((name) => `ci/${name}`)
    .filter((name) => isTest.test(name))
    .sort(compareBytes)
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

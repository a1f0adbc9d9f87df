import type { Chart, ChartFile } from '@chartroom/chart'
import { metadataYaml } from '@chartroom/chart'

export type Part = 'all' | 'chart' | 'crds' | 'readme' | 'values'

/** The text of one part of a chart, as `helm show` prints it; empty where the chart has no such part. */
export function showChart(chart: Chart, part: Part): string {
  switch (part) {
    case 'chart':
      return line(metadataYaml(chart.metadata))
    case 'values':
      return line(values(chart))
    case 'readme':
      return line(readme(chart))
    case 'crds':
      return crds(chart)
    case 'all':
      return [line(metadataYaml(chart.metadata)), line(values(chart)), line(readme(chart)), crds(chart)]
        .filter((text) => text !== '')
        .join('---\n')
  }
}

function line(text: string): string {
  return text === '' ? '' : `${text}\n`
}

function values(chart: Chart): string {
  return textOf(chart.files.find(({ name }) => name === 'values.yaml'))
}

const readmeNames = ['readme.md', 'readme.txt', 'readme']

function readme(chart: Chart): string {
  return textOf(chart.files.find(({ name }) => readmeNames.includes(name.toLowerCase())))
}

function crds(chart: Chart): string {
  const own = chart.files.filter(({ name }) => /^crds\/.+\.(ya?ml|json)$/i.test(name))
  const texts = own.map((file) => line(separated(textOf(file))))
  return [...texts, ...chart.dependencies.map(crds)].join('')
}

function separated(text: string): string {
  return text.startsWith('---') ? text : `---\n${text}`
}

function textOf(file: ChartFile | undefined): string {
  return file === undefined ? '' : new TextDecoder().decode(file.data)
}

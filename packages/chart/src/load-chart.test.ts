import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ChartFile } from './file.ts'
import { limits } from './limits.ts'
import { loadArchive, loadChart } from './load-chart.ts'
import { nodePorts } from './node/ports.ts'
import { rawTar } from '../fixtures/tar-bytes.ts'
import { withVersion } from './with-version.ts'

const chartYaml = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'

describe('loadChart', () => {
  it('gives the subcharts by name, those of archives too, each with its files', () => {
    const archive = gzipSync(rawTar({ name: 's/Chart.yaml', data: 'name: s\nversion: 2.0.0\n' }))
    const chart = loadChart(
      [
        file('Chart.yaml', chartYaml),
        { name: 'charts/z.tgz', data: archive },
        file('charts/b/Chart.yaml', 'name: b\nversion: 1.0.0\n'),
        file('charts/b/x', ''),
      ],
      nodePorts,
    )
    expect(chart.dependencies.map(({ metadata }) => metadata.name)).toEqual(['b', 's'])
    expect(chart.dependencies[0]?.files.map(({ name }) => name)).toEqual(['Chart.yaml', 'x'])
  })

  it('takes hostile keys for data', () => {
    const yaml = `${chartYaml}annotations: {__proto__: x, constructor: z}\n__proto__: {polluted: 1}\n`
    const { metadata } = loadChart([file('Chart.yaml', yaml)], nodePorts)
    expect(Object.entries(metadata.annotations ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'z'],
    ])
    expect('polluted' in {}).toBe(false)
  })

  it.each([
    [
      'an alias bomb',
      `a0: &a0 [x, x]\n${Array.from({ length: 24 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}`,
    ],
    ['a deep list', `a: ${'['.repeat(20_000)}`],
  ])('refuses %s in Chart.yaml', (_, yaml) => {
    expect(() => loadChart([file('Chart.yaml', yaml)], nodePorts)).toThrow('cannot load Chart.yaml: ')
  })

  it('refuses charts that are nested too deep', () => {
    const files = Array.from({ length: limits.chartDepth + 2 }, (_, i) =>
      file(`${'charts/c/'.repeat(i)}Chart.yaml`, chartYaml),
    )
    expect(() => loadChart(files, nodePorts)).toThrow('charts are nested more than 16 deep')
  })

  it('refuses archives in archives that unpack to more than all may', () => {
    const data = new Uint8Array(limits.fileBytes)
    const entries = Array.from({ length: 3 }, (_, i) => ({ name: `s/f${i}`, data }))
    const archive = gzipSync(rawTar({ name: 's/Chart.yaml', data: chartYaml }, ...entries))
    const files = Array.from({ length: 14 }, (_, i) => ({ name: `charts/s${i}.tgz`, data: archive }))
    expect(() => loadChart([file('Chart.yaml', chartYaml), ...files], nodePorts)).toThrow(
      'subcharts unpack to more than',
    )
  })
})

describe('loadArchive', () => {
  it('strips byte order marks', () => {
    const archive = gzipSync(rawTar({ name: 'c/Chart.yaml', data: `\ufeff${chartYaml}` }))
    expect(loadArchive(archive, nodePorts).metadata.name).toBe('c')
  })

  it('says that Chart.yaml is missing', () => {
    expect(() => loadArchive(gzipSync(rawTar({ name: 'c/values.yaml' })), nodePorts)).toThrow(
      'Chart.yaml file is missing',
    )
  })
})

describe('withVersion', () => {
  const chart = loadChart([file('Chart.yaml', chartYaml)], nodePorts)

  it('gives another chart and leaves the first as it was', () => {
    const other = withVersion(chart, { version: '2.0.0-rc.1', appVersion: 'x' })
    expect([other.metadata.version, other.metadata.appVersion]).toEqual(['2.0.0-rc.1', 'x'])
    expect([chart.metadata.version, chart.metadata.appVersion]).toEqual(['1.0.0', undefined])
  })

  it('changes nothing without being asked', () => {
    expect(withVersion(chart, {}).metadata).toEqual(chart.metadata)
  })

  it('refuses what is no version', () => {
    expect(() => withVersion(chart, { version: 'next' })).toThrow('invalid semantic version: "next"')
  })
})

function file(name: string, text: string): ChartFile {
  return { name, data: new TextEncoder().encode(text) }
}

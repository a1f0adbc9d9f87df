import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { limits } from '../../limits.ts'
import { testValues } from './test-values.ts'

function chartWith(names: readonly string[]): Parameters<typeof testValues>[0] {
  const files = ['Chart.yaml', ...names].map((name) => ({
    name,
    data: new TextEncoder().encode('apiVersion: v2\nname: c\nversion: 1.0.0\n'),
  }))
  return { chart: loadChart(files, nodePorts) }
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'ci'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

describe('the test values of a chart', () => {
  it('are ci/*-values.yaml of an archive', () => {
    const chart = chartWith(['ci/a-values.yaml', 'ci/b.yaml', 'ci/more/c-values.yaml', 'x-values.yaml'])
    expect(testValues(chart).map(({ name }) => name)).toEqual(['ci/a-values.yaml'])
  })

  it('are those of the folder, where there is one, in the order of their names', () => {
    const folder = folderWith({ 'ci/b-values.yaml': 'b: 1\n', 'ci/a-values.yaml': 'a: 1\n', 'ci/c.yml': '' })
    expect(testValues({ ...chartWith(['ci/z-values.yaml']), folder })).toEqual([
      { name: 'ci/a-values.yaml', text: 'a: 1\n' },
      { name: 'ci/b-values.yaml', text: 'b: 1\n' },
    ])
    expect(testValues({ ...chartWith([]), folder: temporaryFolder() })).toEqual([])
  })

  it('have a limit', () => {
    const folder = folderWith({ 'ci/a-values.yaml': '#'.repeat(limits.valuesBytes + 1) })
    expect(() => testValues({ ...chartWith([]), folder })).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    )
  })

  it('lie below the root of links where there is one', () => {
    const folder = folderWith({ 'shared.yaml': 'a: 1\n' })
    symlinkSync('../shared.yaml', join(folder, 'ci', 'in-values.yaml'))
    expect(testValues({ ...chartWith([]), folder, linkRoot: folder })).toHaveLength(1)
    symlinkSync(join(folderWith({ a: '' }), 'a'), join(folder, 'ci', 'out-values.yaml'))
    expect(testValues({ ...chartWith([]), folder })).toHaveLength(2)
    expect(() => testValues({ ...chartWith([]), folder, linkRoot: folder })).toThrow(/leads out/)
  })
})

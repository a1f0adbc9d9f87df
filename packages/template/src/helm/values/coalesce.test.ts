import { loadChart } from '@chartroom/chart'
import { nodePorts as chartPorts } from '@chartroom/chart/node'
import { formatJson } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { nodePorts } from '../../node/index.ts'
import { chartTree } from '../chart-node.ts'
import { processEnabled } from '../dependencies/enabled.ts'
import { processImports } from '../dependencies/import-values.ts'
import { formatRendered } from '../manifest/output.ts'
import { render } from '../render.ts'
import { coalesceValues } from './coalesce.ts'
import { mergeGivenValues } from './given-values.ts'

const chartFile = (name: string, more = ''): string =>
  `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`

function chartOf(files: Readonly<Record<string, string>>): ReturnType<typeof loadChart> {
  return loadChart(
    Object.entries(files).map(([name, text]) => ({ name, data: new TextEncoder().encode(text) })),
    chartPorts,
  )
}

const ignore = (): void => {}

describe('coalescing values', () => {
  it('changes neither the charts nor what is given', () => {
    const node = chartTree(
      chartOf({
        'Chart.yaml': chartFile('c', 'dependencies: [{name: sub, version: 1.0.0}]\n'),
        'values.yaml': 'a: {b: {c: null, d: 1}}\nsub: {x: {p: 1, o: null}}\nglobal: {g: {h: 1}}\n',
        'charts/sub/Chart.yaml': chartFile('sub'),
        'charts/sub/values.yaml': 'x: {o: 1, z: {q: null}}\nglobal: {g: {i: 2}}\n',
      }),
    )
    const given = mergeGivenValues({ set: ['a.b.e=2', 'a.b.d=null', 'sub.x.w=3', 'global.g.k=4'] })
    const all = (): string => formatJson([node.values, given, ...node.dependencies.map((one) => one.values)])
    const before = all()
    processEnabled(node, given, { warn: ignore, path: '' })
    for (const merge of [false, true]) coalesceValues(node, given, { merge, warn: ignore })
    expect(all()).toBe(before)
    processImports(node, ignore)
    // As helm 4.2.4 has it.
    const values = coalesceValues(node, given, { merge: false, warn: ignore })
    expect(formatJson(values)).toBe(
      '{"a":{"b":{"e":2}},"global":{"g":{"h":1,"k":4}},"sub":{"global":{"g":{"h":1,"i":2,"k":4}},"x":{"p":1,"w":3,"z":{"q":null}}}}',
    )
  })

  it('keeps apart the values of a chart that is there under two names', async () => {
    const show = '{{ $_ := set .Values.a "by" .Chart.Name }}{{ $_ := set .Values.below.b "by" .Chart.Name }}'
    const chart = chartOf({
      'Chart.yaml': chartFile(
        'c',
        'dependencies: [{name: s, version: 1.0.0}, {name: s, version: 1.0.0, alias: t}]\n',
      ),
      'charts/s/Chart.yaml': chartFile('s', 'dependencies: [{name: below, version: 1.0.0}]\n'),
      'charts/s/values.yaml': 'a: {x: 1}\n',
      'charts/s/templates/s.yaml': `${show}v: {{ toJson .Values }}\n`,
      'charts/s/charts/below/Chart.yaml': chartFile('below'),
      'charts/s/charts/below/values.yaml': 'b: {p: 1}\n',
    })
    const text = formatRendered(await render(chart, { ports: nodePorts }))
    for (const name of ['s', 't']) {
      expect(text).toContain(
        `v: {"a":{"by":"${name}","x":1},"below":{"b":{"by":"${name}","p":1},"global":{}},"global":{}}`,
      )
    }
  })

  // As helm 4.2.4 prints it: what a chart of that name adds, all see as a global.
  it('merges a chart named global into the globals', async () => {
    const chart = chartOf({
      'Chart.yaml': chartFile('c'),
      'values.yaml': 'global: {a: {x: 1}, u: {q: {z: 1}}}\n',
      'charts/global/Chart.yaml': chartFile('global'),
      'charts/global/values.yaml': 'a: {k: {p: 1}}\n',
      'charts/global/charts/u/Chart.yaml': chartFile('u'),
      'charts/global/charts/u/values.yaml': 'q: {w: 1}\n',
      'charts/global/charts/u/templates/u.yaml': 'v: {{ toJson .Values }}\n',
    })
    expect(formatRendered(await render(chart, { ports: nodePorts }))).toContain(
      'v: {"global":{"a":{"x":1},"u":{"q":{"w":1,"z":1}}},"q":{"w":1,"z":1}}',
    )
  })
})

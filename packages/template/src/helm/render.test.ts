import { loadChart } from '@chartroom/chart'
import { nodePorts as chartPorts } from '@chartroom/chart/node'
import type { Chart } from '@chartroom/chart'
import type { Value } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { nodePorts } from '../node/index.ts'
import { limits } from './limits.ts'
import { formatRendered } from './manifest/output.ts'
import { render } from './render.ts'
import type { RenderOptions } from './render.ts'
import { mergeGivenValues } from './values/given-values.ts'

function chartOf(files: Record<string, string>): Chart {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', ...files }
  return loadChart(
    Object.entries(all).map(([name, text]) => ({ name, data: new TextEncoder().encode(text) })),
    chartPorts,
  )
}

/** What one template gives. */
async function give(text: string, options: Omit<RenderOptions, 'ports'> = {}): Promise<string> {
  const rendered = await render(chartOf({ 'templates/t.yaml': text }), { ports: nodePorts, ...options })
  return formatRendered(rendered).replace('---\n# Source: c/templates/t.yaml\n', '')
}

describe('a render', () => {
  it('leaves the chart as it was, so that it can be rendered again', async () => {
    const chart = chartOf({
      'values.yaml': 'a: {b: 1, c: [1]}\nsub: {x: 1}\n',
      'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
      'charts/sub/values.yaml': 'x: 0\ny: 2\nexports: {d: {e: 1}}\n',
      'charts/sub/templates/s.yaml': 's: {{ toJson .Values }}\n',
      'templates/t.yaml': '{{ $_ := set .Values.a "z" 1 }}t: {{ toJson .Values }}\n',
    })
    const values = mergeGivenValues({ set: ['a.b=2', 'sub.q.r=3'] })
    const first = formatRendered(await render(chart, { ports: nodePorts, values }))
    expect(formatRendered(await render(chart, { ports: nodePorts, values }))).toBe(first)
    expect(values).toEqual(mergeGivenValues({ set: ['a.b=2', 'sub.q.r=3'] }))
    const other = formatRendered(await render(chart, { ports: nodePorts }))
    expect(other).toContain('"b":1')
    expect(other).not.toContain('"q"')
  })

  it('shares what templates change among the files of one chart, in the order of execution', async () => {
    const chart = chartOf({
      'values.yaml': 'seen: no\n',
      'templates/a.yaml': 'a: {{ .Values.seen }}\n',
      'templates/b.yaml': 'b: {{ set .Values "seen" "yes" | len }}\n',
    })
    expect(formatRendered(await render(chart, { ports: nodePorts }))).toContain('a: yes')
  })

  it('gives what files wrote before it is read as YAML', async () => {
    const seen = new Map<string, string>()
    const chart = chartOf({ 'templates/t.yaml': 'a: [\n' })
    const onOutput = (files: ReadonlyMap<string, string>): void => {
      for (const [path, text] of files) seen.set(path, text)
    }
    await expect(render(chart, { ports: nodePorts, onOutput })).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message: expect.stringMatching(/^YAML parse error on c\/templates\/t\.yaml: /),
    })
    expect([...seen]).toEqual([['c/templates/t.yaml', 'a: [\n']])
  })

  it('takes keys that objects of JavaScript inherit for data', async () => {
    const values = new Map<string, Value>([
      ['__proto__', 'p'],
      ['constructor', new Map([['prototype', 'q']])],
    ])
    const text =
      '{{ index .Values "__proto__" }} {{ .Values.constructor.prototype }} {{ .Values.toString }}|\n'
    expect(await give(`a: ${text}`, { values })).toBe('a: p q |\n')
  })
})

describe('limits of a render', () => {
  const loop = '{{ range until 100 }}{{ range until 100 }}a{{ end }}{{ end }}'
  const deep =
    '{{ define "x" }}{{ if . }}{{ template "x" (sub . 1) }}{{ end }}{{ end }}{{ template "x" 100 }}'

  it.each([
    ['steps', loop, { steps: 1000 }, /takes more than 1000 steps/],
    ['output', loop, { output: 1000 }, /writes more than 1000 characters/],
    ['depth', deep, { depth: 50 }, /exceeded maximum template depth \(50\)/],
  ])('holds for %s, and can be raised', async (_, text, given, message) => {
    await expect(give(text, { limits: given })).rejects.toMatchObject({
      message: expect.stringMatching(message),
    })
    expect(await give(`a: ${text}b\n`)).toMatch(/b\n$/)
  })

  it('is one for all files of a chart', async () => {
    const text = '{{ range until 600 }}a{{ end }}: 1\n'
    const chart = chartOf({ 'templates/a.yaml': text, 'templates/b.yaml': text })
    await expect(render(chart, { ports: nodePorts, limits: { output: 1000 } })).rejects.toThrow(
      'writes more than 1000 characters',
    )
  })

  it('lets a template include itself as often as helm does', async () => {
    const times = (n: number): string =>
      `{{ define "x" }}{{ if . }}{{ include "x" (sub . 1) }}{{ else }}a: b{{ end }}{{ end }}{{ include "x" ${n} }}\n`
    expect(await give(times(limits.include - 1))).toBe('a: b\n')
    await expect(give(times(limits.include + 1))).rejects.toThrow(
      'rendering template has a nested reference name: x: unable to execute template',
    )
  })
})

import type { Chart } from '@chartroom/chart'
import { loadChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { describe, expect, it } from 'vitest'
import type { TestedComparison, TestedSide } from './compare-tested.ts'
import { compareTested } from './compare-tested.ts'

const template =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {host: {{ required "a host" .Values.host }}}\n'

function chartOf(text: string): Chart {
  const files = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', 'templates/a.yaml': text }
  return loadChart(
    Object.entries(files).map(([name, one]) => ({ name, data: new TextEncoder().encode(one) })),
    nodePorts,
  )
}

function side(label: string, text: string, tests: Readonly<Record<string, string>> = {}): TestedSide {
  const all = Object.entries(tests).map(([name, one]) => ({ name: `ci/${name}-values.yaml`, text: one }))
  return { label, chart: chartOf(text), tests: all }
}

/** Which values give which objects that are not the same, or which failures. */
function said(found: readonly TestedComparison[]): unknown[] {
  return found.map(({ values = 'defaults', only, differences, failures }) => [
    values.replace(/^ci\/|-values\.yaml$/g, ''),
    ...(only === undefined ? [] : [only]),
    differences?.map(({ change, name }) => `${change} ${name}`) ?? failures,
  ])
}

describe('a comparison with the values in ci/', () => {
  it('says of defaults that they do not render, for each side, and compares with each file', async () => {
    const old = side('old', template, { one: 'host: x\n', two: 'host: y\n' })
    const fresh = side('new', template.replace('.Values.host', '(.Values.hosts).first'), {
      one: 'hosts: {first: x}\n',
      two: 'hosts: {first: z}\n',
    })
    expect(said(await compareTested(old, fresh))).toEqual([
      ['defaults', [expect.stringMatching(/^old: .*a host/), expect.stringMatching(/^new: .*a host/)]],
      ['one', []],
      ['two', ['changed a']],
    ])
  })

  it('uses a file that one side has for both', async () => {
    const old = side('old', template, { gone: 'host: x\n' })
    const fresh = side('new', template.replace('host:', 'address:'), { fresh: 'host: x\n' })
    expect(said(await compareTested(old, fresh))).toEqual([
      ['defaults', [expect.stringMatching(/^old: /), expect.stringMatching(/^new: /)]],
      ['fresh', 'after', ['changed a']],
      ['gone', 'before', ['changed a']],
    ])
  })

  it('names the one side that cannot be rendered, or whose values are none', async () => {
    const old = side('old', template, { one: 'host: x\n', two: 'host: x\n' })
    const fresh = side('new', template, { one: 'host: [\n', two: '{}\n' })
    expect(said(await compareTested(old, fresh)).slice(1)).toEqual([
      ['one', [expect.stringMatching(/^new: .*ci\/one-values\.yaml/)]],
      ['two', [expect.stringMatching(/^new: .*a host/)]],
    ])
  })

  it('of a chart that is new or gone adds or removes all', async () => {
    const one = side('one', template, { one: 'host: x\n' })
    expect(said(await compareTested(undefined, one)).slice(1)).toEqual([['one', ['added a']]])
    expect(said(await compareTested(one, undefined)).slice(1)).toEqual([['one', ['removed a']]])
  })
})

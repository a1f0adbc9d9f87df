import type { Chart } from '@chartroom/chart'
import { loadChart } from '@chartroom/chart'
import { nodePorts as chartPorts } from '@chartroom/chart/node'
import { formatRendered, mergeGivenValues } from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import type { Address, AskForAddress } from './render-asking-hosts.ts'
import { renderAskingHosts } from './render-asking-hosts.ts'

function chartOf(template: string, more: Readonly<Record<string, string>> = {}): Chart {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
    'templates/a.yaml': template,
    ...more,
  }
  return loadChart(
    Object.entries(files).map(([name, text]) => ({ name, data: new TextEncoder().encode(text) })),
    chartPorts,
  )
}

const addresses: Readonly<Record<string, string>> = { a: '10.0.0.1', b: '10.0.0.2', '10.0.0.1.next': 'third' }

/** The lines of the one template, and the names that were asked for, in their order. */
async function rendered(chart: Chart, other?: AskForAddress): Promise<{ text: string; asked: string[] }> {
  const asked: string[] = []
  const ask = async (name: string): Promise<Address> => {
    asked.push(name)
    const address = addresses[name]
    return address === undefined ? { reason: 'ENOTFOUND' } : { address }
  }
  const values = mergeGivenValues({ set: ['sub.given=1'] })
  const result = await renderAskingHosts(chart, { ports: nodePorts, values }, other ?? ask)
  return { text: formatRendered(result), asked }
}

describe('renderAskingHosts', () => {
  it('asks for each name once, and gives its address', async () => {
    const { text, asked } = await rendered(
      chartOf('x:{{ range list "a" "b" "a" }} {{ getHostByName . }}{{ end }}\n'),
    )
    expect(text).toContain('x: 10.0.0.1 10.0.0.2 10.0.0.1\n')
    expect(asked).toEqual(['a', 'b'])
  })

  it('asks for names that other answers lead to', async () => {
    const template = 'x: {{ getHostByName (printf "%s.next" (getHostByName "a")) }}\n'
    const { text, asked } = await rendered(chartOf(template))
    expect(text).toContain('x: third\n')
    expect(asked).toEqual(['a', '.next', '10.0.0.1.next'])
  })

  it('does not mind what fails without the answers alone', async () => {
    const template = '{{ if not (getHostByName "a") }}{{ fail "no address" }}{{ end }}x: 1\n'
    expect((await rendered(chartOf(template))).text).toContain('x: 1\n')
  })

  it('fails with a host that has no address, in the words of helm and with its name', async () => {
    await expect(rendered(chartOf('x: {{ getHostByName "nowhere.invalid" }}\n'))).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message: expect.stringContaining(
        'error calling getHostByName: invalid argument to Intn: nowhere.invalid has no address (ENOTFOUND)',
      ) as string,
    })
  })

  it('renders the same as without questions, also with subcharts that get values', async () => {
    const chart = chartOf('x: {{ .Values.sub | toJson }}\ngot: {{ .Values.got }} {{ getHostByName "a" }}\n', {
      'Chart.yaml':
        'apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n- {name: sub, version: 1.0.0, import-values: [{child: out, parent: got}]}\n',
      'values.yaml': 'global: {g: 1}\nsub: {own: 2}\n',
      'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
      'charts/sub/values.yaml': 'out: {v: 3}\nlist: [1]\n',
      'charts/sub/templates/s.yaml': 'y: {{ .Values | toJson }}\nb: {{ getHostByName "b" }}\n',
    })
    const { text } = await rendered(chart)
    expect(text).toContain(
      'x: {"given":1,"global":{"g":1},"list":[1],"out":{"v":3},"own":2}\ngot: map[v:3] 10.0.0.1\n',
    )
    expect(text).toContain('y: {"given":1,"global":{"g":1},"list":[1],"out":{"v":3},"own":2}\nb: 10.0.0.2\n')
  })

  it('begins each run with the values as they were given, whatever templates do to them', async () => {
    const template =
      '{{ $_ := set .Values.own "count" (add1 .Values.own.count) }}{{ $_ := set .Values.sub "given" (add1 .Values.sub.given) }}x: {{ .Values.own.count }} {{ .Values.sub.given }} {{ getHostByName "a" }}\n'
    const { text } = await rendered(chartOf(template, { 'values.yaml': 'own: {count: 1}\nsub: {}\n' }))
    expect(text).toContain('x: 2 2 10.0.0.1\n')
  })

  it('says warnings and output once', async () => {
    const said: string[] = []
    const chart = chartOf(
      'kind: Pod\nmetadata:\n  annotations: {helm.sh/hook: no-event}\nx: {{ getHostByName "a" }}\n',
    )
    await renderAskingHosts(
      chart,
      {
        ports: nodePorts,
        warn: (message) => said.push(message),
        onOutput: (files) => said.push(...files.values()),
      },
      async () => ({ address: 'z' }),
    )
    expect(said).toEqual([
      expect.stringContaining('x: z'),
      expect.stringContaining('skipping unknown hooks hookTypes=no-event'),
    ])
  })

  it('knows addresses without asking, and that no name is none', async () => {
    const options = { ports: nodePorts }
    const numbers = chartOf('x: {{ getHostByName "10.1.1.1" }} {{ getHostByName "fe80::1%eth0" }}\n')
    expect(formatRendered(await renderAskingHosts(numbers, options))).toContain('x: 10.1.1.1 fe80::1%eth0\n')
    await expect(renderAskingHosts(chartOf('x: {{ getHostByName "" }}\n'), options)).rejects.toMatchObject({
      code: 'RENDER_FAILED',
    })
  })

  it('refuses too many names, and templates that never ask for the same', async () => {
    const many = chartOf(`{{ range until ${limits.hostNames + 1} }}{{ getHostByName (toString .) }}{{ end }}`)
    await expect(rendered(many)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: `the templates ask more than ${limits.hostNames} hosts`,
    })
    const other = chartOf('x: {{ getHostByName (randAlpha 20) }}\n')
    await expect(rendered(other, async () => ({ address: 'z' }))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
  })
})

import type { Chart } from '@chartroom/chart'
import { loadChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { mergeGivenValues } from '@chartroom/template'
import { applyPatch } from 'diff'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComparedChart, CompareOptions } from './compare-charts.ts'
import { compareCharts } from './compare-charts.ts'
import type { ObjectDifference } from './object-difference.ts'

type Files = Readonly<Record<string, string>>

function chartOf(files: Files): Chart {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', ...files }
  return loadChart(
    Object.entries(all).map(([name, text]) => ({ name, data: new TextEncoder().encode(text) })),
    nodePorts,
  )
}

function sideOf(files: Files, set: string[] = []): ComparedChart {
  return { label: 'from ./c', chart: chartOf(files), values: mergeGivenValues({ set }) }
}

function compare(before: Files, after: Files, options?: CompareOptions): Promise<ObjectDifference[]> {
  return compareCharts(sideOf(before), sideOf(after), options)
}

const said = ({ change, kind, name }: ObjectDifference): string => `${change} ${kind} ${name}`
const map = (name: string, data: string): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: ${data}\n`

const random = `apiVersion: v1
kind: Secret
metadata: {name: s-{{ randAlpha 5 | lower }}, annotations: {at: {{ now | quote }}}}
data:
  password: {{ randAlphaNum 20 | b64enc }}
  ascii: {{ randAscii 21 | b64enc }}
  uuid: {{ uuidv4 | b64enc }}
  number: {{ randInt 0 1000000 | toString | b64enc }}
  bytes: {{ randBytes 12 | b64enc }}
  user: {{ htpasswd "a" "b" | b64enc }}
  ed: {{ genPrivateKey "ed25519" | b64enc }}
  ec: {{ genPrivateKey "ecdsa" | b64enc }}
  aes: {{ encryptAES "key" "text" | b64enc }}
  shuffled: {{ shuffle "abcdefghijklmnop" | b64enc }}
{{- $ca := genCAWithKey "ca" 10 (genPrivateKey "ecdsa") }}
{{- $cert := genSignedCert "host" nil nil 10 $ca }}
  cert: {{ $cert.Cert | b64enc }}
  self: {{ (genSelfSignedCert "x" nil nil 1).Cert | b64enc }}
`

describe('a comparison of charts', () => {
  it('finds nothing between a chart and itself, whatever it makes of its own', async () => {
    const files = { 'templates/s.yaml': random }
    expect(await compare(files, files, { showSecrets: true })).toEqual([])
  })

  it('finds one random value that has become another, and no further one', async () => {
    const shorter = random.replace('randAlphaNum 20', 'randAlphaNum 19')
    const [difference, ...others] = await compare(
      { 'templates/s.yaml': random },
      { 'templates/s.yaml': shorter },
      { showSecrets: true },
    )
    expect(others).toEqual([])
    expect(difference?.diff.match(/^[-+].*?:/gm)).toEqual(['-  password:', '+  password:'])
  })

  it('finds what is added, removed and changed', async () => {
    const found = await compare(
      { 'templates/t.yaml': map('a', '{x: one}') + map('b', '{x: one}') + map('c', '{x: one}') },
      {
        'templates/u.yaml': map('c', '{"x": "one"} # the same') + map('b', '{x: two}') + map('d', '{x: one}'),
      },
    )
    expect(found.map(said).sort()).toEqual([
      'added ConfigMap d',
      'changed ConfigMap b',
      'removed ConfigMap a',
    ])
    expect(found.find(({ name }) => name === 'b')).toEqual({
      change: 'changed',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'b',
      path: 'c/templates/u.yaml',
      diff: '@@ -1,6 +1,6 @@\n apiVersion: v1\n data:\n-  x: one\n+  x: two\n kind: ConfigMap\n metadata:\n   name: b\n',
    })
  })

  it('takes a chart that is not there for one without objects', async () => {
    const side = sideOf({ 'templates/t.yaml': map('a', '{}') })
    expect((await compareCharts(undefined, side)).map(said)).toEqual(['added ConfigMap a'])
    expect((await compareCharts(side, undefined)).map(said)).toEqual(['removed ConfigMap a'])
    expect(await compareCharts(undefined, undefined)).toEqual([])
  })

  it('compares values, and what the release and the cluster are said to be', async () => {
    const text = map('a', '{v: "{{ .Values.v }}", m: "{{ .Release.Namespace }}", r: "{{ .Release.Name }}"}')
    const files = { 'templates/t.yaml': text }
    const options = { namespace: 'web', releaseName: 'app' }
    const [difference] = await compareCharts(sideOf(files, ['v=1']), sideOf(files, ['v=2']), options)
    expect(difference?.diff).toContain('   m: web\n   r: app\n-  v: "1"\n+  v: "2"\n')
  })

  it('says of another version of the API that it is the same object', async () => {
    const job = (version: string): Files => ({
      'templates/j.yaml': `apiVersion: batch/${version}\nkind: CronJob\nmetadata: {name: j}\n`,
    })
    const found = await compare(job('v1beta1'), job('v1'))
    expect(found).toMatchObject([
      { change: 'changed', apiVersion: 'batch/v1', oldApiVersion: 'batch/v1beta1' },
    ])
  })

  it('compares CRDs, hooks and tests, unless they are to be left out', async () => {
    const hook = (event: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: ${event}, annotations: {helm.sh/hook: ${event}}}\n`
    const files = {
      'crds/x.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n',
      'templates/h.yaml': hook('pre-install'),
      'templates/t.yaml': hook('test'),
    }
    const names = async (options?: CompareOptions): Promise<string[]> =>
      (await compare({}, files, options)).map(({ name }) => name)
    expect(await names()).toEqual(['x', 'pre-install', 'test'])
    expect(await names({ skipCrds: true })).toEqual(['pre-install', 'test'])
    expect(await names({ noHooks: true })).toEqual(['x'])
    expect(await names({ skipTests: true })).toEqual(['x', 'pre-install'])
  })

  it('leaves labels out that are to be ignored', async () => {
    const labelled = (label: string): Files => ({
      'templates/t.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {helm.sh/chart: ${label}}}\n`,
    })
    expect(await compare(labelled('c-1'), labelled('c-2'))).toHaveLength(1)
    expect(await compare(labelled('c-1'), labelled('c-2'), { ignoredLabels: ['helm.sh/chart'] })).toEqual([])
  })

  it('shows the line that has changed of a text that cannot be a block', async () => {
    const text = (port: number): Files => ({
      'templates/t.yaml': `${map('a', '')}  f: "server {\\n\\tport ${port};  \\n}\\n"\n`,
    })
    const [difference] = await compare(text(80), text(81))
    expect(difference?.diff.match(/^[-+].*$/gm)).toEqual([
      '-    \\tport 80;  \\n\\',
      '+    \\tport 81;  \\n\\',
    ])
  })

  it('shows no value of a Secret, unless asked to', async () => {
    const secret = (value: string): Files => ({
      'templates/s.yaml': `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {a: ${value}, same: opensesame}}]\n`,
    })
    const [hidden] = await compare(secret('hunter1'), secret('hunter2'))
    expect(JSON.stringify(hidden)).not.toMatch(/hunter|opensesame/)
    expect(hidden?.diff).toContain('-  a: (hidden, before)\n+  a: (hidden, after)\n   same: (hidden)\n')
    const [shown] = await compare(secret('hunter1'), secret('hunter2'), { showSecrets: true })
    expect(shown?.diff).toContain('-  a: hunter1\n+  a: hunter2\n   same: opensesame\n')
    const [added] = await compare({}, secret('hunter2'))
    expect(JSON.stringify(added)).not.toMatch(/hunter|opensesame/)
  })

  it('shows nothing of a file of crds/ that is no YAML, because it may hold anything', async () => {
    const [difference] = await compare(
      { 'crds/x.yaml': 'kind: Secret\na: [' },
      { 'crds/x.yaml': 'kind: Secret\nb: [' },
    )
    expect(difference).toMatchObject({
      change: 'changed',
      diff: '@@ -1,1 +1,1 @@\n-# no YAML, before\n+# no YAML, after\n',
    })
  })

  it('names the side that cannot be rendered', async () => {
    const broken = { 'templates/t.yaml': 'a: {{ fail "no" }}' }
    await expect(compare(broken, {})).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message: expect.stringMatching(/^from \.\/c: execution error at \(c\/templates\/t\.yaml:1:6\): no$/),
    })
    await expect(
      compare({ 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\ntype: library\n' }, {}),
    ).rejects.toMatchObject({
      message: 'from ./c: library charts are not installable',
    })
  })

  it('tells all there is to tell: the differences make the second set of objects of the first', async () => {
    const value = fc.constantFrom('1', '"1"', '[a, b]', '{x: 1}', '"a\\nb\\n"', 'null', '"---"', '"+"')
    const objects = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), value), {
      selector: ([name]) => name,
    })
    await fc.assert(
      fc.asyncProperty(objects, objects, async (before, after) => {
        const [left, right] = [await textsOf(before), await textsOf(after)]
        for (const { change, name, diff } of await compare(filesOf(before), filesOf(after))) {
          const made = applyPatch(left.get(name) ?? '', `--- a\n+++ b\n${diff}`)
          if (change === 'removed') left.delete(name)
          else left.set(name, String(made))
        }
        expect(left).toEqual(right)
      }),
      { numRuns: 50 },
    )
  })
})

type Objects = readonly (readonly [name: string, value: string])[]

function filesOf(objects: Objects): Files {
  return { 'templates/t.yaml': objects.map(([name, value]) => map(name, `{v: ${value}}`)).join('') }
}

/** The whole objects, as they are said to be added to nothing. */
async function textsOf(objects: Objects): Promise<Map<string, string>> {
  const added = await compareCharts(undefined, sideOf(filesOf(objects)))
  return new Map(added.map(({ name, diff }) => [name, String(applyPatch('', `--- a\n+++ b\n${diff}`))]))
}

import { join } from 'node:path'
import { applyPatch } from 'diff'
import { formatYaml, parseYamlDocuments } from '@chartroom/go'
import type { YamlMap, YamlValue } from '@chartroom/go'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from '../peers/peers.ts'
import type { Home } from '../workspace.ts'
import { ensureBuilt, program, run, temporaryHome, workspace } from '../workspace.ts'

const helm = peer('helm-4.2.4') ?? ''
const fixtures = join(workspace, 'packages/template/fixtures/charts')
const hypersdk = join(workspace, 'deployments/helm/hypersdk')

let home: Home

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
})

afterAll(() => home?.remove())

interface Side {
  readonly chart: string
  readonly values?: string
}

/** Objects by what names them, each as the YAML of its data. */
type Objects = Map<string, string>

/** What `helm template` prints of a chart, taken apart without our own code for it. */
async function objectsOfHelm({ chart, values }: Side): Promise<Objects> {
  const args = [
    'template',
    'release-name',
    chart,
    '--include-crds',
    ...(values === undefined ? [] : ['-f', values]),
  ]
  const { code, stdout, stderr } = await run(helm, args, { env: home.env })
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('Error')])
  const documents = stdout.split(/^---[ \t]*$/m).flatMap((text) => parseYamlDocuments(text))
  const objects: Objects = new Map()
  for (const object of documents.filter(isMap).flatMap(members)) {
    const { apiVersion, kind, metadata } = object
    const group = String(apiVersion).split('/').length > 1 ? String(apiVersion).split('/')[0] : ''
    const { namespace = 'default', name = '' } = isMap(metadata) ? metadata : {}
    objects.set([group, kind, namespace, name].join(' '), formatYaml(object))
  }
  return objects
}

function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function members(object: YamlMap): YamlMap[] {
  const { kind, items } = object
  return kind === 'List' && Array.isArray(items) ? items.filter(isMap).flatMap(members) : [object]
}

interface Difference {
  readonly change: 'added' | 'removed' | 'changed'
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  readonly diff: string
}

async function differences(from: Side, to: Side): Promise<Difference[]> {
  const values = [
    ...(from.values === undefined ? [] : ['--from-values', from.values]),
    ...(to.values === undefined ? [] : ['--to-values', to.values]),
  ]
  const args = [program, 'diff', from.chart, to.chart, ...values, '--show-secrets', '-o', 'json']
  const { code, stdout, stderr } = await run(process.execPath, args, { env: home.env })
  expect([code, stderr]).toEqual([0, expect.stringMatching(/\d+ added, \d+ removed, \d+ changed\n$/)])
  return (JSON.parse(stdout) as { differences: Difference[] }).differences
}

function keyOf({ apiVersion, kind, namespace = 'default', name }: Difference): string {
  return [apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind, namespace, name].join(' ')
}

const example = (name: string): Side => ({
  chart: hypersdk,
  values: join(hypersdk, 'examples', `${name}.yaml`),
})
const fixture = (name: string): Side => ({ chart: join(fixtures, name) })

describe.skipIf(helm === '')('the differences that chartroom diff says', () => {
  it.each<[string, Side, Side]>([
    ['values of one chart', { chart: hypersdk }, example('eks-values')],
    ['charts without a thing in common', fixture('kinds'), fixture('hooks')],
    ['a chart with subcharts and one of all kinds', fixture('conditions'), fixture('kinds')],
    ['values for two clouds', example('gke-values'), example('openshift-values')],
    ['a chart with hooks and one with subcharts', fixture('hooks'), fixture('conditions')],
  ])(
    'make what helm renders of the second side from what it renders of the first: %s',
    async (_, from, to) => {
      const [before, after] = [await objectsOfHelm(from), await objectsOfHelm(to)]
      const found = await differences(from, to)
      expect(found.length).toBeGreaterThan(0)
      for (const one of found) {
        const key = keyOf(one)
        expect([one.change, before.has(key), after.has(key)], key).toEqual([
          one.change,
          one.change !== 'added',
          one.change !== 'removed',
        ])
        const made = applyPatch(before.get(key) ?? '', `--- a\n+++ b\n${one.diff}`)
        if (one.change === 'removed') before.delete(key)
        else before.set(key, String(made))
      }
      expect([...before].sort()).toEqual([...after].sort())
    },
  )
})

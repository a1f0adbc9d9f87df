import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadChart, packChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import type { Target } from '@chartroom/oci'
import type { Store } from '@chartroom/store'
import { openStore } from '@chartroom/store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Packed } from '../package/packed.ts'
import { ociDestination } from './destination/oci.ts'
import type { Destination } from './destination.ts'
import { publish } from './publish.ts'
import { publishError } from './report.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chartroom-publish-'))
})

afterEach(() => rm(root, { recursive: true }))

function packedChart(values: string, time = new Date('2026-01-02T03:04:05Z')): Packed {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  const chart = loadChart(
    [
      { name: 'Chart.yaml', data: encode('apiVersion: v2\nname: app\nversion: 1.0.0\n') },
      { name: 'values.yaml', data: encode(values) },
    ],
    nodePorts,
  )
  const archive = packChart(chart, { time, ports: nodePorts })
  return { chart, archive, created: time, digest: `sha256:${nodePorts.sha256(archive)}` }
}

async function storeDestination(
  name: string,
  options: { force?: boolean; tags?: string[] } = {},
): Promise<Destination> {
  const store = await openStore(join(root, name))
  return ociDestination({
    to: name,
    kind: 'store',
    prefix: 'charts',
    repository: (chart) => store.repository(`charts/${chart}`),
    tags: options.tags ?? [],
    force: options.force ?? false,
  })
}

/** A destination whose target fails in one method, as a registry does that goes away. */
function failing(inner: Target, method: keyof Target): Target {
  return new Proxy(inner, {
    get(target, key) {
      if (key === method) return () => Promise.reject(new Error('gone away'))
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

async function failingDestination(name: string, method: keyof Target): Promise<Destination> {
  const store = await openStore(join(root, name))
  return ociDestination({
    to: name,
    kind: 'store',
    prefix: 'charts',
    repository: (chart) => failing(store.repository(`charts/${chart}`), method),
    tags: [],
    force: false,
  })
}

async function repositoryNames(store: Store): Promise<string[]> {
  const names: string[] = []
  for await (const name of store.repositories()) names.push(name)
  return names
}

describe('publish', () => {
  it('creates, and finds the same chart unchanged the second time', async () => {
    const [first] = await publish([packedChart('a: 1\n')], [await storeDestination('one')])
    const [second] = await publish([packedChart('a: 1\n')], [await storeDestination('one')])
    expect(first?.destinations?.[0]).toMatchObject({ action: 'create', status: 'done' })
    expect(second?.destinations?.[0]).toMatchObject({
      action: 'unchanged',
      status: 'done',
      manifestDigest: first?.destinations?.[0]?.manifestDigest,
    })
  })

  it('calls an archive unchanged whose entries are equal, whatever their times', async () => {
    await publish([packedChart('a: 1\n')], [await storeDestination('one')])
    const later = packedChart('a: 1\n', new Date('2027-01-01T00:00:00Z'))
    const [result] = await publish([later], [await storeDestination('one')])
    expect(result?.destinations?.[0]?.action).toBe('unchanged')
  })

  it('refuses other content under an existing version before anything is uploaded', async () => {
    await publish([packedChart('a: 1\n')], [await storeDestination('one')])
    const results = await publish(
      [packedChart('a: 2\n')],
      [await storeDestination('one'), await storeDestination('two')],
    )
    expect(results[0]?.destinations?.map(({ action, status }) => [action, status])).toEqual([
      ['conflict', 'failed'],
      ['create', 'skipped'],
    ])
    expect(publishError(results)?.code).toBe('CONFLICT')
    const store = await openStore(join(root, 'two'))
    expect(await repositoryNames(store)).toEqual([])
  })

  it('replaces with force', async () => {
    await publish([packedChart('a: 1\n')], [await storeDestination('one')])
    const [result] = await publish([packedChart('a: 2\n')], [await storeDestination('one', { force: true })])
    expect(result?.destinations?.[0]).toMatchObject({ action: 'replace', status: 'done' })
  })

  it('moves no tag anywhere when one destination cannot be staged, and completes the next time', async () => {
    const results = await publish(
      [packedChart('a: 1\n')],
      [await storeDestination('good'), await failingDestination('bad', 'push')],
    )
    expect(results[0]?.destinations?.map(({ status }) => status)).toEqual(['skipped', 'failed'])
    const good = (await openStore(join(root, 'good'))).repository('charts/app')
    expect(good.tagList()).toEqual([])
    const again = await publish(
      [packedChart('a: 1\n')],
      [await storeDestination('good'), await storeDestination('bad')],
    )
    expect(again[0]?.destinations?.map(({ status }) => status)).toEqual(['done', 'done'])
  })

  it('reports a failed commit as partly done', async () => {
    const results = await publish(
      [packedChart('a: 1\n')],
      [await storeDestination('good'), await failingDestination('bad', 'tag')],
    )
    expect(results[0]?.destinations?.map(({ status }) => status)).toEqual(['done', 'failed'])
    expect(publishError(results)?.code).toBe('PARTIAL')
  })

  it('plans without uploading', async () => {
    const [result] = await publish([packedChart('a: 1\n')], [await storeDestination('one')], {
      planOnly: true,
    })
    expect(result?.destinations?.[0]).toMatchObject({ action: 'create', status: 'planned' })
    expect(await repositoryNames(await openStore(join(root, 'one')))).toEqual([])
  })

  it('moves further tags, also when the chart is unchanged', async () => {
    await publish([packedChart('a: 1\n')], [await storeDestination('one')])
    await publish([packedChart('a: 1\n')], [await storeDestination('one', { tags: ['latest', '1.0'] })])
    const repository = (await openStore(join(root, 'one'))).repository('charts/app')
    const digests = await Promise.all(
      ['1.0.0', 'latest', '1.0'].map(async (tag) => (await repository.resolve(tag)).digest),
    )
    expect(new Set(digests).size).toBe(1)
  })

  it('refuses two archives of one version in a run', async () => {
    await expect(publish([packedChart('a: 1\n'), packedChart('a: 2\n')], [])).rejects.toThrow(
      'app 1.0.0 is given twice',
    )
  })
})

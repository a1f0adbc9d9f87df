import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseIndex } from '@chartroom/repository'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartsOutput } from '../clients/clients.ts'
import { chartroomJson, sha256Of } from '../clients/clients.ts'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, program, serve, temporaryHome, writeChart } from '../workspace.ts'

const killer = fileURLToPath(new URL('kill-at.cjs', import.meta.url))
const names = ['app', 'other']

let home: Home
let registry: Served

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  registry = await serve(home)
})

afterAll(async () => {
  await registry.close()
  await home.remove()
})

describe('a publish that is killed at any point of what it writes and asks', () => {
  it('leaves nothing acknowledged undone and is completed by the next run', async () => {
    const points = await pointsOf(await publishArgs('listed'))
    // Of each chart: two blobs, two manifests and what asks for them; the folder's archives and index.
    for (const name of ['request', 'create', 'write', 'sync', 'rename']) {
      expect(points.filter((point) => point.startsWith(`${name}@`)).length, name).toBeGreaterThan(5)
    }
    for (const [i, point] of points.entries()) {
      const place = `run${i}`
      const args = await publishArgs(place)
      const killed = await run(args, { CHARTROOM_KILL_AT: point })
      expect({ point, signal: killed.signal }).toEqual({ point, signal: 'SIGKILL' })
      await nothingIsHalf(place)
      const again = await chartroomJson<ChartsOutput>(args, home)
      await allIsThere(place, again)
      await rm(join(home.folder, place), { recursive: true })
    }
  }, 300_000)
})

/** Charts that no other run has pushed, so that no blob is mounted from there. */
async function publishArgs(place: string): Promise<string[]> {
  const charts = names.map((name) => join('charts', place, name))
  for (const [i, name] of names.entries()) {
    const folder = join(home.folder, charts[i] ?? '')
    await writeChart(folder, { name, version: '1.0.0', note: `${name} ${place}` })
    await appendFile(join(folder, 'Chart.yaml'), `keywords: [${place}]\n`)
  }
  return ['publish', ...charts, '--to', `oci://${registry.host}/${place}`, '--to', place]
}

async function pointsOf(args: string[]): Promise<string[]> {
  const list = join(home.folder, 'points')
  const { code } = await run(args, { CHARTROOM_POINTS: list })
  expect(code).toBe(0)
  return readFileSync(list, 'utf8').trim().split('\n')
}

function run(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const child = spawn(process.execPath, ['--require', killer, program, ...args], {
    cwd: home.folder,
    env: { ...home.env, ...env },
    stdio: 'ignore',
  })
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}

/** What is named is whole: each entry of the index has its archive, each tag its chart. */
async function nothingIsHalf(place: string): Promise<void> {
  const folder = join(home.folder, place)
  const files = listed(folder)
  if (files.includes('index.yaml')) {
    const { entries } = parseIndex(readFileSync(join(folder, 'index.yaml'), 'utf8'))
    for (const { urls, digest } of [...entries.values()].flat()) {
      expect(await sha256Of(join(folder, urls[0] ?? ''))).toBe(`sha256:${digest}`)
    }
  }
  for (const name of names) await layerOf(`${place}/${name}`)
}

/** The digest of the layer under the tag, once all that its manifest names is there; undefined without a tag. */
async function layerOf(repository: string): Promise<string | undefined> {
  const url = `http://${registry.host}/v2/${repository}`
  const accept = 'application/vnd.oci.image.manifest.v1+json'
  const answer = await fetch(`${url}/manifests/1.0.0`, { headers: { accept } })
  if (answer.status === 404) return undefined
  expect(answer.status).toBe(200)
  const { config, layers } = (await answer.json()) as Manifest
  for (const { digest } of [config, ...layers]) {
    const bytes = await (await fetch(`${url}/blobs/${digest}`)).arrayBuffer()
    expect(`sha256:${createHash('sha256').update(Buffer.from(bytes)).digest('hex')}`).toBe(digest)
  }
  return layers[0]?.digest
}

interface Manifest {
  readonly config: { readonly digest: string }
  readonly layers: readonly { readonly digest: string }[]
}

async function allIsThere(place: string, { charts }: ChartsOutput): Promise<void> {
  const folder = join(home.folder, place)
  expect(listed(folder)).toEqual(['app-1.0.0.tgz', 'index.yaml', 'other-1.0.0.tgz'])
  const { entries } = parseIndex(readFileSync(join(folder, 'index.yaml'), 'utf8'))
  for (const [i, { digest }] of charts.entries()) {
    const name = names[i] ?? ''
    expect(entries.get(name)?.map((entry) => `sha256:${entry.digest}`)).toEqual([digest])
    expect(await sha256Of(join(folder, `${name}-1.0.0.tgz`))).toBe(digest)
    expect(await layerOf(`${place}/${name}`)).toBe(digest)
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

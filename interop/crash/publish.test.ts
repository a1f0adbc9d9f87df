import { spawn } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseIndex } from '@chartroom/repository'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartsOutput } from '../clients/clients.ts'
import { chartroom, chartroomJson, sha256Of } from '../clients/clients.ts'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, program, serve, temporaryHome, writeChart } from '../workspace.ts'

const charts = 12
const kills = 25
const seed = Number(process.env['CHARTROOM_CRASH_SEED'] ?? Date.now() % 1_000_000)

let home: Home
let registry: Served

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  registry = await serve(home)
  for (let i = 0; i < charts; i++) {
    await writeChart(join(home.folder, 'charts', `app${i}`), {
      name: `app${i}`,
      version: '1.0.0',
      note: `note ${i}`,
    })
  }
})

afterAll(async () => {
  await registry.close()
  await home.remove()
})

function publishArgs(): string[] {
  const names = Array.from({ length: charts }, (_, i) => `charts/app${i}`)
  return ['publish', ...names, '--to', `oci://${registry.host}/charts`, '--to', 'site']
}

/** mulberry32, so that a seed repeats a run. */
function random(state: { value: number }): number {
  state.value = (state.value + 0x6d2b79f5) | 0
  let t = Math.imul(state.value ^ (state.value >>> 15), 1 | state.value)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

async function publishAndKill(milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [program, ...publishArgs()], {
    cwd: home.folder,
    env: { ...home.env },
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  await sleep(milliseconds)
  child.kill('SIGKILL')
  await ended
}

describe('a publish that is killed', () => {
  it(`at any moment is completed by the next run, ${kills} times with seed ${seed}`, async () => {
    const state = { value: seed }
    for (let i = 0; i < kills; i++) await publishAndKill(60 + random(state) * 400)
    await allIsThere()
  })

  it('by two at once on one folder and one registry loses nothing', async () => {
    const names = await newCharts('2.0.0')
    const to = ['--to', `oci://${registry.host}/both`, '--to', 'both']
    // Two thirds of the charts each, a third of them the same.
    const halves = [names.slice(0, 8), names.slice(4)]
    const both = await Promise.all(
      halves.map((half) => chartroomJson<ChartsOutput>(['publish', ...half, ...to], home)),
    )
    const digests = new Map(both.flatMap((one) => one.charts.map(({ name, digest }) => [name, digest])))
    expect(digests.size).toBe(charts)
    const again = await chartroomJson<ChartsOutput>(['publish', ...names, ...to], home)
    for (const { name, digest, destinations } of again.charts) {
      expect(destinations.map(({ action }) => action)).toEqual(['unchanged', 'unchanged'])
      expect(digest).toBe(digests.get(name))
    }
    await indexIsTrue('both', charts)
  })

  it('by two at once into one local store loses nothing', async () => {
    const names = await newCharts('3.0.0')
    const halves = [names.slice(0, 8), names.slice(4)]
    const publish = (some: string[]): Promise<ChartsOutput> =>
      chartroomJson<ChartsOutput>(['publish', ...some, '--storage', 'shared'], home)
    await Promise.all(halves.map(publish))
    const again = await publish(names)
    expect(again.charts.map(({ destinations }) => destinations[0]?.action)).toEqual(
      names.map(() => 'unchanged'),
    )
    expect(await readdir(join(home.folder, 'shared', 'uploads'))).toEqual([])
  })

  it('by two at once with other content each: one is refused, or comes second and says so', async () => {
    for (let round = 0; round < 5; round++) {
      const folders = ['left', 'right'].map((side) => `${side}-${round}`)
      for (const folder of folders)
        await writeChart(join(home.folder, folder), { name: 'one', version: `${round}.0.0`, note: folder })
      const ended = await Promise.all(
        folders.map((folder) => chartroom(['publish', folder, '--to', 'race'], home)),
      )
      expect(ended.map(({ code }) => code).sort()).toEqual([0, 5])
      expect(ended.find(({ code }) => code === 5)?.stderr).toMatch(/\(CONFLICT\)\nHint: Raise the version/)
      await indexIsTrue('race', round + 1)
    }
  })
})

/** Charts that nobody has published; their folders. */
async function newCharts(version: string): Promise<string[]> {
  const names = Array.from({ length: charts }, (_, i) => `new-${version}/app${i}`)
  for (const [i, folder] of names.entries())
    await writeChart(join(home.folder, folder), { name: `app${i}`, version, note: folder })
  return names
}

/** The index of a folder has so many entries, and the folder has their archives and nothing else. */
async function indexIsTrue(folder: string, count: number): Promise<void> {
  const path = join(home.folder, folder)
  const index = parseIndex(await readFile(join(path, 'index.yaml'), 'utf8'))
  const entries = [...index.entries.values()].flat()
  for (const { urls, digest } of entries)
    expect(await sha256Of(join(path, urls[0] ?? ''))).toBe(`sha256:${digest}`)
  const names = entries.map(({ urls }) => urls[0] ?? '')
  expect((await readdir(path)).sort()).toEqual([...names, 'index.yaml'].sort())
  expect(names).toHaveLength(count)
}

async function allIsThere(): Promise<void> {
  const published = (await chartroomJson<ChartsOutput>(publishArgs(), home)).charts
  const index = parseIndex(await readFile(join(home.folder, 'site', 'index.yaml'), 'utf8'))
  const names = await readdir(join(home.folder, 'site'))
  expect(names.filter((name) => name.startsWith('.') || name.endsWith('.tmp'))).toEqual([])
  for (const [i, { digest }] of published.entries()) {
    const pulled = await chartroomJson<ChartsOutput>(
      ['pull', `oci://${registry.host}/charts/app${i}`, '-d', 'got'],
      home,
    )
    expect(pulled.charts[0]?.digest).toBe(digest)
    expect(await sha256Of(join(home.folder, 'site', `app${i}-1.0.0.tgz`))).toBe(digest)
    expect(index.entries.get(`app${i}`)?.map((entry) => `sha256:${entry.digest}`)).toEqual([digest])
  }
}

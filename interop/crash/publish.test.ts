import { spawn } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseIndex } from '@chartroom/repository'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartsOutput } from '../clients/clients.ts'
import { chartroomJson, sha256Of } from '../clients/clients.ts'
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
    const both = await Promise.all([
      chartroomJson<ChartsOutput>(publishArgs(), home),
      chartroomJson<ChartsOutput>(publishArgs(), home),
    ])
    expect(both.map((one) => one.charts.length)).toEqual([charts, charts])
    await allIsThere()
  })
})

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

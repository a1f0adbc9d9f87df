import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartroom, chartroomJson, sha256Of } from '../clients/clients.ts'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, program, serve, temporaryHome, writeChart } from '../workspace.ts'

const killer = fileURLToPath(new URL('kill-at.cjs', import.meta.url))

let home: Home
let registry: Served

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  registry = await serve(home)
  for (const version of ['1.0.0', '2.0.0']) {
    for (const name of ['app', 'base']) {
      const folder = join(home.folder, 'offered', name)
      await writeChart(folder, { name, version, note: version })
      await chartroomJson(['publish', `offered/${name}`, '--to', `oci://${registry.host}/charts`], home)
    }
  }
  // A range that takes both, as it was when only the older ones were there.
  await umbrella('start', '1.0.0 <2')
  await writeChart(join(home.folder, 'start', 'charts', 'own'), { name: 'own', version: '1.0.0' })
  await chartroomJson(['dependency', 'update', 'start'], home)
})

afterAll(async () => {
  await registry.close()
  await home.remove()
})

describe('dependency update, killed at any point of what it writes and asks', () => {
  it('leaves the old charts/ or the new one, never a mixture, and is completed by the next run', async () => {
    const before = await state('start')
    const listed = await outdated('listed')
    const list = join(home.folder, 'points')
    expect(await run(listed, { CHARTROOM_POINTS: list })).toBe(null)
    const after = await state('listed')
    expect(after.charts).toEqual(['app-2.0.0.tgz', 'base-2.0.0.tgz', 'own'])
    const points = pointsIn(list)
    expect(points.filter((point) => point.startsWith('rename@')).length).toBeGreaterThan(8)
    let absent = 0
    let missed = 0
    for (const [i, point] of points.entries()) {
      const place = await outdated(`run${i}`)
      const passed = join(home.folder, `points${i}`)
      const signal = await run(place, { CHARTROOM_KILL_AT: point, CHARTROOM_POINTS: passed })
      if (signal === null) {
        // Of two archives that arrive at once, one or both make the folders above them, and sync these.
        expect(point).toMatch(/^sync@/)
        expect(pointsIn(passed)).not.toContain(point)
        expect(await state(place), point).toEqual(after)
        missed += 1
        continue
      }
      expect({ point, signal }).toEqual({ point, signal: 'SIGKILL' })
      const { charts, digests } = await state(place)
      const whole = [before, after].some(
        (one) => JSON.stringify([one.charts, one.digests]) === JSON.stringify([charts, digests]),
      )
      if (charts.length === 0) absent += 1
      else expect({ point, whole, charts }).toEqual({ point, whole: true, charts })
      if (i % 2 === 0) await chartroomJson(['dependency', 'update', place], home)
      else await backAndForth(place, before)
      expect(await state(place), point).toEqual(after)
      const packed = await chartroom(['package', place, '-d', 'packed'], home)
      expect({ point, stderr: packed.stderr, code: packed.code }).toEqual({ point, stderr: '', code: 0 })
      await rm(join(home.folder, place), { recursive: true })
    }
    // The moments between two renames: the folder is away, and whole beside it.
    expect(absent).toBeLessThanOrEqual(6)
    // Two such folders, before and after.
    expect(missed).toBeLessThanOrEqual(4)
  }, 600_000)
})

function pointsIn(list: string): string[] {
  return readFileSync(list, 'utf8').trim().split('\n')
}

/** A run that can fetch nothing brings back what was, and one that can completes. */
async function backAndForth(place: string, before: State): Promise<void> {
  const chart = join(home.folder, place, 'Chart.yaml')
  const yaml = readFileSync(chart, 'utf8')
  const killedEarly = (await state(place)).lock === before.lock
  await writeFile(chart, yaml.replaceAll('>=', '>=7'))
  expect((await chartroom(['dependency', 'update', place], home)).code).toBe(4)
  if (killedEarly) expect((await state(place)).charts).toContain('own')
  await writeFile(chart, yaml)
  await chartroomJson(['dependency', 'update', place], home)
}

async function umbrella(place: string, range: string): Promise<void> {
  const one = (name: string): string =>
    `- {name: ${name}, version: ">=${range}", repository: "oci://${registry.host}/charts"}\n`
  await mkdir(join(home.folder, place), { recursive: true })
  await writeFile(
    join(home.folder, place, 'Chart.yaml'),
    `apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies:\n${one('app')}${one('base')}`,
  )
}

/** A copy of the chart with the older archives, which now wants the newer ones. */
async function outdated(place: string): Promise<string> {
  // Else the archives are fetched by the first run alone.
  await rm(join(home.folder, '.cache'), { recursive: true, force: true })
  await cp(join(home.folder, 'start'), join(home.folder, place), { recursive: true })
  await umbrella(place, '2')
  return place
}

interface State {
  readonly charts: string[]
  readonly digests: string[]
  readonly lock: string
}

/** What is in `charts/`, and what the lock says but for its time. */
async function state(place: string): Promise<State> {
  const folder = join(home.folder, place, 'charts')
  const charts = (await readdir(folder).catch(() => [])).sort()
  const files = charts.filter((name) => name.endsWith('.tgz'))
  const digests = await Promise.all(files.map((name) => sha256Of(join(folder, name))))
  const lock = readFileSync(join(home.folder, place, 'Chart.lock'), 'utf8')
  return { charts, digests, lock: lock.replace(/^generated.*$/m, '') }
}

function run(place: string, env: Record<string, string>): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--require', killer, program, 'dependency', 'update', place], {
    cwd: home.folder,
    env: { ...home.env, ...env },
    stdio: 'ignore',
  })
  return new Promise((resolve) => {
    child.once('close', (_, signal) => resolve(signal))
  })
}

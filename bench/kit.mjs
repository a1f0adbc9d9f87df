// What every claim's script needs: a home of its own, peers, medians, programs run to their end.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { peersFolder } from '../interop/peers/folder.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const chartroom = [process.execPath, join(root, 'packages', 'cli', 'bin', 'chartroom.cjs')]

/** The command of a peer. */
export function peer(name, binary) {
  return [join(peersFolder, name, binary)]
}

/** Runs `work` in an empty folder that is also the home of every program in it. */
export async function inWorkshop(work) {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-bench-'))
  const { NODE_EXTRA_CA_CERTS, ...inherited } = process.env
  void NODE_EXTRA_CA_CERTS // costs Node 20 a third of its start
  const env = {
    ...inherited,
    HOME: folder,
    XDG_CACHE_HOME: join(folder, '.cache'),
    XDG_CONFIG_HOME: join(folder, '.config'),
    // Or each chart that is packed asks git for its time.
    SOURCE_DATE_EPOCH: '1700000000',
  }
  try {
    return await work({ folder, env })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds that a program takes from start to end; throws unless it ends well. */
export function time([file, ...first], args, { folder, env }) {
  const start = performance.now()
  const { status, stderr, error } = spawnSync(file, [...first, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const milliseconds = performance.now() - start
  if (error) throw error
  if (status !== 0)
    throw new Error(`${file} ${args.slice(0, 4).join(' ')} ended with ${status}: ${stderr.slice(0, 400)}`)
  return milliseconds
}

/** The same without standing still meanwhile, for a program that talks to this process. */
export async function timeAsync([file, ...first], args, { folder, env }) {
  const start = performance.now()
  const child = spawn(file, [...first, ...args], { cwd: folder, env, stdio: 'ignore' })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${file} ${args.slice(0, 4).join(' ')} ended with ${code}`)
  return performance.now() - start
}

/** Peak resident memory of a program in MB, as Linux counts it; throws unless the program ends well. */
export async function peakMemory([file, ...first], args, { folder, env }) {
  const child = spawn(file, [...first, ...args], { cwd: folder, env, stdio: 'ignore' })
  let peak = 0
  const sample = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, { encoding: 'utf8', flag: 'r' })
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
  }, 5)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(sample)
  if (code !== 0) throw new Error(`${file} ${args.slice(0, 4).join(' ')} ended with ${code}`)
  return peak / 1024
}

/** Runs both in turn, `rounds` times, so that what the machine does meanwhile meets both; medians. */
export async function interleaved(rounds, ours, theirs) {
  const [a, b] = [[], []]
  for (let round = 0; round < rounds; round++) {
    a.push(await ours(round))
    b.push(await theirs(round))
  }
  return { ours: median(a), theirs: median(b) }
}

export function median(values) {
  return values.toSorted
    ? values.toSorted((x, y) => x - y)[values.length >> 1]
    : [...values].sort((x, y) => x - y)[values.length >> 1]
}

/** Distribution on loopback, with an empty folder. */
export async function withDistribution({ folder, env }, work) {
  const port = await freePort()
  const home = mkdtempSync(join(folder, 'distribution-'))
  mkdirSync(join(home, 'data'))
  writeFileSync(
    join(home, 'config.yml'),
    `version: 0.1\nstorage: {filesystem: {rootdirectory: "${join(home, 'data')}"}, delete: {enabled: true}}\nhttp: {addr: "127.0.0.1:${port}"}\nlog: {level: error, accesslog: {disabled: true}}\n`,
  )
  const [binary] = peer('registry-3.1.1', 'registry')
  return served(spawn(binary, ['serve', join(home, 'config.yml')], { env, stdio: 'ignore' }), port, work)
}

/** `chartroom serve` on loopback, with an empty store. */
export async function withChartroom({ folder, env }, work) {
  const port = await freePort()
  const [file, ...first] = chartroom
  const args = [
    ...first,
    'serve',
    '--addr',
    `127.0.0.1:${port}`,
    '--storage',
    mkdtempSync(join(folder, 'store-')),
  ]
  return served(spawn(file, args, { env, stdio: 'ignore' }), port, work)
}

async function served(child, port, work) {
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    await listening(port)
    return await work(`127.0.0.1:${port}`)
  } finally {
    child.kill()
    await ended
  }
}

async function listening(port) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined)
    if (answer) return
    await sleep(25)
  }
  throw new Error(`nothing listens at port ${port}`)
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** Folders of small charts, packed: the paths of `count` archives below the workshop. */
export function packedCharts({ folder, env }, count) {
  const names = Array.from({ length: count }, (_, i) => `app${i}`)
  for (const name of names) {
    mkdirSync(join(folder, 'charts', name, 'templates'), { recursive: true })
    writeFileSync(
      join(folder, 'charts', name, 'Chart.yaml'),
      `apiVersion: v2\nname: ${name}\nversion: 1.0.0\ndescription: chart ${name}\n`,
    )
    writeFileSync(join(folder, 'charts', name, 'values.yaml'), `note: ${name}\n`)
    writeFileSync(
      join(folder, 'charts', name, 'templates', 'config.yaml'),
      `kind: ConfigMap\nmetadata:\n  name: ${name}\n`,
    )
  }
  time(chartroom, ['package', ...names.map((name) => join('charts', name)), '-d', 'packed'], { folder, env })
  return names.map((name) => join('packed', `${name}-1.0.0.tgz`))
}

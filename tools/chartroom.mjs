// The built command line as a child process, for quickstart and serve.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './install.mjs'

const program = join(root, 'packages', 'cli', 'bin', 'chartroom.cjs')
const addresses = join(root, 'node_modules', '.cache', 'chartroom', 'addresses.json')
const preferredPort = 5000

/** Where quickstart keeps its store, and serve looks for it. */
export const storage = resolve(root, process.env.CHARTROOM_STORAGE || '.chartroom')

/** Runs `chartroom ARGS -o json` to its end and gives what it printed. */
export function chartroom(args, env = {}) {
  return new Promise((fulfil, reject) => {
    const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 }
    execFile(process.execPath, [program, ...args, '-o', 'json'], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`chartroom ${args.join(' ')} failed\n${stderr.trim() || error.message}`))
      else fulfil(JSON.parse(stdout))
    })
  })
}

/**
 * Starts `chartroom serve` on the store and waits until it listens. The same store gets the same address
 * every time, so that lines printed once stay right; `stable` is false when its port is taken just now,
 * which is so when the store is being served already.
 */
export async function serve({ stderr = 'pipe' } = {}) {
  const known = readAddresses()[storage]
  const port = await freePort(known ?? preferredPort)
  const args = ['serve', '--addr', `127.0.0.1:${port}`, '--storage', storage, '-o', 'json']
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', stderr] })
  const ended = new Promise((fulfil) => child.once('close', fulfil))
  const errors = []
  child.stderr?.on('data', (chunk) => errors.push(chunk))
  const line = await Promise.race([firstLine(child.stdout), ended.then(() => undefined)])
  if (line === undefined) throw new Error(`chartroom serve ended at once\n${Buffer.concat(errors)}`)
  const { url } = JSON.parse(line)
  const taken = Number(new URL(url).port)
  if (known === undefined) writeAddresses({ ...readAddresses(), [storage]: taken })
  return { url, child, ended, stable: known === undefined || known === taken }
}

/** Ends a server started by {@link serve} and waits for it. */
export async function stop({ child, ended }) {
  child.kill('SIGTERM')
  await ended
}

function firstLine(stream) {
  return new Promise((fulfil) => createInterface({ input: stream }).once('line', fulfil))
}

/** The port, when nothing listens there; else 0, which takes a free one. */
function freePort(port) {
  return new Promise((fulfil) => {
    const probe = createServer()
    probe.once('error', () => fulfil(0))
    probe.listen(port, '127.0.0.1', () => probe.close(() => fulfil(port)))
  })
}

function readAddresses() {
  try {
    return JSON.parse(readFileSync(addresses, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return {}
    throw error
  }
}

function writeAddresses(value) {
  const kept = Object.entries(value).filter(([folder]) => existsSync(folder))
  mkdirSync(dirname(addresses), { recursive: true })
  writeFileSync(addresses, `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`)
}

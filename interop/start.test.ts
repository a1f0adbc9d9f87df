import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Home } from './workspace.ts'
import { ensureBuilt, program, run, temporaryHome, workspace } from './workspace.ts'

const chart = join(workspace, 'deployments', 'helm', 'hypersdk')

let home: Home
let preload: string

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  preload = join(home.folder, 'preload.cjs')
  await writeFile(
    preload,
    `const fs = require('node:fs')
const { readFileSync } = fs
const before = process.moduleLoadList.length
const chunks = []
fs.readFileSync = (file, ...rest) => {
  if (/chunks.*\\.cjs$/.test(file)) chunks.push(file)
  return readFileSync(file, ...rest)
}
const { Script } = require('node:vm')
let compiled = 0
const runs = Script.prototype.runInThisContext
Script.prototype.runInThisContext = function (...given) {
  if (this.cachedDataRejected !== false) compiled++
  return runs.apply(this, given)
}
process.on('exit', () => {
  const builtins = process.moduleLoadList.slice(before).filter((name) => name.startsWith('NativeModule ')).map((name) => name.slice(13))
  fs.writeFileSync(process.env.LOADED, JSON.stringify({ chunks, builtins, compiled }))
})`,
  )
})

afterAll(() => home.remove())

interface Loaded {
  /** Files of the program, without their digests. */
  readonly chunks: readonly string[]
  /** Of all of those. */
  readonly text: string
  /** Modules of Node beyond those that it starts with. */
  readonly builtins: readonly string[]
  /** How many of the files V8 compiled anew. */
  readonly compiled: number
}

/** What one call of the program loads. */
async function loaded(argv: readonly string[], more: Record<string, string>): Promise<Loaded> {
  const LOADED = join(home.folder, 'loaded.json')
  const env = { ...home.env, ...more, LOADED }
  const ended = await run(process.execPath, ['-r', preload, program, ...argv], { env, cwd: home.folder })
  // V8 writes to standard error what it thinks of flags that it does not know.
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' })
  const { chunks, builtins, compiled } = JSON.parse(await readFile(LOADED, 'utf8')) as Loaded
  const texts = await Promise.all(chunks.map((file) => readFile(file, 'utf8')))
  const names = chunks.map((file) => /([\w-]+?)(-[\w-]{8})?\.cjs$/.exec(file)?.[1] ?? file)
  return { chunks: names, builtins, compiled, text: texts.join('') }
}

/** Each file is read by itself. */
const withoutCache = { NODE_DISABLE_COMPILE_CACHE: '1' }
/** What only the engine of templates has in its code. */
const engine = '// packages/template/src/text/'
/** Modules of Node that take a millisecond and more each. */
const dear = ['http', 'https', 'http2', 'tls', 'net', 'crypto', 'zlib', 'fs/promises', 'child_process', 'tty']

describe('a short call of the program', () => {
  it('loads for version what prints it, and no more', async () => {
    const { chunks, builtins, text } = await loaded(['version'], withoutCache)
    expect(chunks.length).toBeLessThanOrEqual(10)
    expect(text).not.toContain(engine)
    expect(text).not.toContain('// packages/go/src/')
    expect(builtins.filter((name) => dear.includes(name) || name === 'stream')).toEqual([])
  })

  it.each([
    ['show chart', ['show', 'chart', chart]],
    ['show values', ['show', 'values', chart]],
  ])('loads for %s of a folder neither the engine of templates nor a client', async (_name, argv) => {
    const { builtins, text } = await loaded(argv, withoutCache)
    expect(text).not.toContain(engine)
    expect(text).not.toContain('// packages/oci/src/')
    expect(builtins.filter((name) => dear.includes(name) || name === 'stream')).toEqual([])
  })

  it('loads for template of a folder no client, and nothing dear of Node', async () => {
    const { builtins, chunks, text } = await loaded(['template', 'demo', chart], withoutCache)
    expect(text).toContain(engine)
    expect(text).not.toContain('// packages/oci/src/')
    expect(chunks.filter((name) => name.startsWith('lazy-'))).toEqual([])
    expect(builtins.filter((name) => dear.includes(name) || name === 'stream')).toEqual([])
  })
})

it('renders with limited rights, where V8 is asked in the usual way, and with every deprecation an error', async () => {
  const node = Number.parseInt(process.versions.node)
  const limited = [
    node < 24 ? '--experimental-permission' : '--permission',
    '--allow-fs-read=*',
    '--no-warnings',
  ]
  const strict = ['--pending-deprecation', '--throw-deprecation']
  for (const flags of [limited, strict]) {
    const { env, folder } = home
    const ended = await run(process.execPath, [...flags, program, 'template', 'demo', chart], {
      env,
      cwd: folder,
    })
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' })
    expect(ended.stdout).toContain('kind: Deployment')
  }
})

describe('code that V8 compiled for a call', () => {
  it.each([
    ['version', ['version']],
    ['template', ['template', 'demo', chart]],
  ])('is there for the next one: %s', async (_name, argv) => {
    const fresh = { XDG_CACHE_HOME: join(home.folder, `cache-${argv.length}`) }
    const calls = [await loaded(argv, fresh), await loaded(argv, fresh), await loaded(argv, fresh)]
    const [first = 0, ...later] = calls.map(({ chunks }) => chunks.length)
    expect(calls.map(({ compiled }) => compiled > 0)).toEqual([true, false, false])
    // What every call loads comes as one script with its code.
    for (const files of later) expect(files).toBeLessThan(first / 3)
  })
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, writeChart } from '../workspace.ts'

/** What only the library of one cloud has in its code. */
const libraries = {
  AWS: 'AmazonEC2ContainerRegistry_V20150921',
  Azure: 'AZURE_FEDERATED_TOKEN_FILE',
  Google: 'GOOGLE_APPLICATION_CREDENTIALS environment variable',
} as const

let home: Home
let served: Served
let preload: string

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  served = await serve(home)
  const chart = join(home.folder, 'app')
  await writeChart(chart, { name: 'app', version: '1.0.0' })
  preload = join(home.folder, 'preload.cjs')
  await writeFile(
    preload,
    // The program loads its files itself.
    `const fs = require('node:fs')
const { readFileSync } = fs
const files = []
fs.readFileSync = (file, ...rest) => {
  if (/dist.*\\.cjs$/.test(file)) files.push(file)
  return readFileSync(file, ...rest)
}
process.on('exit', () => {
  fs.writeFileSync(process.env.LOADED, JSON.stringify({ files, text: files.map((file) => readFileSync(file, 'utf8')).join('') }))
})`,
  )
  await loaded('publish', chart, '--to', `oci://${served.host}/charts`)
})

afterAll(async () => {
  await served?.close()
  await home?.remove()
})

/** The chunks of the program that one call loads. */
async function loaded(...argv: string[]): Promise<{ files: string[]; text: string }> {
  const LOADED = join(home.folder, 'loaded.json')
  // Or files come from what an earlier call kept.
  const env = { ...home.env, NODE_DISABLE_COMPILE_CACHE: '1', LOADED }
  const ended = await run(process.execPath, ['-r', preload, program, ...argv], { env, cwd: home.folder })
  expect(ended.code, ended.stderr).toBe(0)
  const { readFileSync } = await import('node:fs')
  return JSON.parse(readFileSync(LOADED, 'utf8')) as { files: string[]; text: string }
}

describe('a registry that is no vendor of ours', () => {
  it.each([
    ['pull', (host: string) => ['pull', `oci://${host}/charts/app`, '-d', 'out']],
    ['versions', (host: string) => ['versions', `oci://${host}/charts/app`]],
    ['publish', (host: string) => ['publish', 'app', '--to', `oci://${host}/charts`]],
  ])('loads no library of a cloud, and no code for a vendor, for %s', async (_name, argv) => {
    const { files, text } = await loaded(...argv(served.host))
    for (const mark of Object.values(libraries)) expect(text).not.toContain(mark)
    expect(files.filter((file) => /\/provider-[\w-]+\.cjs$/.test(file))).toEqual([])
  })

  it('is told from vendors by what the program has on board', async () => {
    const { readdirSync, readFileSync } = await import('node:fs')
    const chunks = join(program, '..', '..', 'dist', 'chunks')
    const all = readdirSync(chunks).map((name) => readFileSync(join(chunks, name), 'utf8'))
    for (const mark of Object.values(libraries)) expect(all.some((text) => text.includes(mark))).toBe(true)
    expect(readdirSync(chunks).filter((name) => name.startsWith('provider-')).length).toBeGreaterThanOrEqual(
      7,
    )
  })
})

import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Home } from './workspace.ts'
import { ensureBuilt, program, temporaryHome, writeChart } from './workspace.ts'

let home: Home

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  await writeChart(join(home.folder, 'app'), { name: 'app', version: '1.0.0' })
})

afterAll(() => home?.remove())

/** A registry that takes requests and never answers; `asked` is when the first one is in. */
async function silent(): Promise<{ host: string; asked: Promise<void> }> {
  let arrived = (): void => undefined
  const asked = new Promise<void>((done) => {
    arrived = done
  })
  const server = createServer(() => arrived())
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const ends = [
  ['SIGINT', 'the first Ctrl-C'],
  ['SIGTERM', 'the end of a CI job'],
] as const

describe.skipIf(process.platform === 'win32').each(ends)('%s, %s', (name) => {
  it.each([
    ['publish', (host: string) => ['publish', 'app', '--to', `oci://${host}/charts`, '--to', 'site']],
    ['pull', (host: string) => ['pull', `oci://${host}/charts/app`]],
    ['versions', (host: string) => ['versions', `oci://${host}/charts/app`]],
    ['copy', (host: string) => ['copy', `oci://${host}/a`, `oci://${host}/b`, '--all-tags']],
    ['login', (host: string) => ['login', host, '--username', 'me', '--password', 'secret']],
    ['repo add', (host: string) => ['repo', 'add', 'silent', `http://${host}`]],
  ])('ends %s that waits for a server', async (_, argsOf) => {
    const { host, asked } = await silent()
    const child = spawn(process.execPath, [program, ...argsOf(host)], {
      cwd: home.folder,
      env: { ...home.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    const ended = new Promise<number | null>((done) => child.once('close', done))
    await asked
    child.kill(name)
    expect(await ended).toBe(1)
    expect(stderr).toContain('(ABORTED)')
    expect(await readdir(home.folder)).not.toContain('site')
  })
})

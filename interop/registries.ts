import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { needPeer } from './peers/peers.ts'

/** A registry of another program, on loopback, with a folder that goes away with it. */
export interface OtherRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  close(): Promise<void>
}

/** Distribution, the registry most others are made of. `htpasswd` is the text of a password file. */
export async function startDistribution(htpasswd?: string): Promise<OtherRegistry> {
  const binary = needPeer('registry-3.1.1')
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-distribution-'))
  const port = await freePort()
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'config.yml'), await config({ folder, port, htpasswd }))
  const child = spawn(binary, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
  const host = `127.0.0.1:${port}`
  await listening(host)
  return {
    host,
    async close() {
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function config(wanted: {
  folder: string
  port: number
  htpasswd: string | undefined
}): Promise<string> {
  const { folder, port, htpasswd } = wanted
  const lines = [
    'version: 0.1',
    `storage: {filesystem: {rootdirectory: "${join(folder, 'data')}"}, delete: {enabled: true}}`,
    `http: {addr: "127.0.0.1:${port}"}`,
    'log: {level: error, accesslog: {disabled: true}}',
  ]
  if (htpasswd !== undefined) {
    await writeFile(join(folder, 'htpasswd'), htpasswd)
    lines.push(`auth: {htpasswd: {realm: test, path: "${join(folder, 'htpasswd')}"}}`)
  }
  return `${lines.join('\n')}\n`
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function listening(host: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined)
    if (answer !== undefined) return
    await sleep(50)
  }
  throw new Error(`nothing listens at ${host}`)
}

import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TokenServer } from '@chartroom/testkit'
import { needPeer } from './peers/peers.ts'

/** A registry of another program, on loopback, with a folder that goes away with it. */
export interface OtherRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  close(): Promise<void>
}

export interface DistributionOptions {
  /** The text of a password file. */
  readonly htpasswd?: string | undefined
  /** A service whose tokens it takes. */
  readonly token?: Pick<TokenServer, 'issuer' | 'keySet' | 'realm' | 'service'> | undefined
  /** False: it refuses every delete, as it does unless told otherwise. */
  readonly deletes?: boolean | undefined
  /** PEM texts; with `clientCa` callers need a certificate of that authority. */
  readonly tls?:
    | { readonly cert: string; readonly key: string; readonly clientCa?: string | undefined }
    | undefined
}

/** Distribution, the registry most others are made of. Text stands for a password file. */
export async function startDistribution(options: DistributionOptions | string = {}): Promise<OtherRegistry> {
  const wanted = typeof options === 'string' ? { htpasswd: options } : options
  const binary = needPeer('registry-3.1.1')
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-distribution-'))
  const port = await freePort()
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'config.yml'), await config({ folder, port, ...wanted }))
  const child = spawn(binary, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
  const host = `127.0.0.1:${port}`
  await listening(port)
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

async function config(wanted: DistributionOptions & { folder: string; port: number }): Promise<string> {
  const { folder, port, htpasswd, token, tls, deletes = true } = wanted
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text)
    return JSON.stringify(join(folder, name))
  }
  const lines = [
    'version: 0.1',
    `storage: {filesystem: {rootdirectory: "${join(folder, 'data')}"}, delete: {enabled: ${deletes}}}`,
    'log: {level: error, accesslog: {disabled: true}}',
    'http:',
    `  addr: "127.0.0.1:${port}"`,
  ]
  if (tls !== undefined) {
    lines.push(
      '  tls:',
      `    certificate: ${await file('cert.pem', tls.cert)}`,
      `    key: ${await file('key.pem', tls.key)}`,
    )
    if (tls.clientCa !== undefined)
      lines.push(
        `    clientcas: [${await file('clients.pem', tls.clientCa)}]`,
        '    clientauth: require-and-verify-client-cert',
      )
  }
  if (htpasswd !== undefined)
    lines.push(`auth: {htpasswd: {realm: test, path: ${await file('htpasswd', htpasswd)}}}`)
  if (token !== undefined) {
    const { realm, service, issuer, keySet } = token
    const keys = await file('keys.json', JSON.stringify(keySet))
    lines.push(
      `auth: {token: {realm: "${realm}", service: "${service}", issuer: "${issuer}", jwks: ${keys}}}`,
    )
  }
  return `${lines.join('\n')}\n`
}

/** A port that was free a moment ago, on loopback. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await isTaken(port)) return
    await sleep(50)
  }
  throw new Error(`nothing listens at port ${port}`)
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const end = (taken: boolean): void => {
      socket.destroy()
      resolve(taken)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}

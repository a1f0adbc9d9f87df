import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { asChartroomError, ChartroomError, printableLine } from '@chartroom/errors'
import type { RegistryAuth } from '@chartroom/registry'
import { startServer } from '@chartroom/registry'
import { openStore } from '@chartroom/store'
import { findProject, storeFolder, storeNamespace } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { flags, environment, io, signal } = invocation
  const project = await findProject(environment.cwd)
  const folder = storeFolder(environment, { storage: flags.text('storage'), project })
  const server = await startServer({
    addr: flags.text('addr') ?? '127.0.0.1:5000',
    store: await openStore(folder),
    tls: await tls(invocation),
    auth: auth(invocation),
    readOnly: flags.has('read-only'),
    allowInsecure: flags.has('allow-insecure'),
    onError: (error) => io.err(`Error: ${printableLine(asChartroomError(error).message)}\n`),
  })
  announce(invocation, server.url, folder)
  await ended(signal)
  if (!io.errIsTerminal) io.err('Stopping: requests under way are finished first.\n')
  await server.close()
}

function announce({ flags, io }: Invocation, url: string, storage: string): void {
  if (flags.text('output') === 'json') {
    io.out(`${JSON.stringify({ url, storage })}\n`)
    return
  }
  const host = url.replace(/^https?:\/\//, '')
  io.out(
    [
      `Serving ${storage} at ${url}`,
      `  publish:  chartroom publish ./chart --to oci://${host}/${storeNamespace}`,
      `  pull:     chartroom pull oci://${host}/${storeNamespace}/NAME`,
      `  classic:  helm repo add chartroom ${url}/helm/${storeNamespace}`,
      '',
    ].join('\n'),
  )
}

function auth({ flags, environment }: Invocation): RegistryAuth | undefined {
  const [htpasswd, access] = ['htpasswd', 'access'].map((flag) => {
    const path = flags.text(flag)
    return path === undefined ? undefined : resolve(environment.cwd, path)
  })
  const anonymousPull = flags.has('anonymous-pull')
  if (htpasswd !== undefined || access !== undefined) return { htpasswd, access, anonymousPull }
  if (!anonymousPull) return undefined
  throw new ChartroomError('USAGE', '--anonymous-pull without --htpasswd changes nothing', {
    hint: 'Without a password file everybody reads and writes.',
  })
}

async function tls(invocation: Invocation): Promise<{ cert: string; key: string } | undefined> {
  const cert = await readOptional(invocation, 'tls-cert')
  const key = await readOptional(invocation, 'tls-key')
  if (cert === undefined && key === undefined) return undefined
  if (cert !== undefined && key !== undefined) return { cert, key }
  throw new ChartroomError('USAGE', `--tls-${cert === undefined ? 'cert' : 'key'} is missing`, {
    hint: 'A certificate and its key are given together.',
  })
}

async function readOptional({ flags, environment }: Invocation, flag: string): Promise<string | undefined> {
  const path = flags.text(flag)
  return path === undefined ? undefined : readFile(resolve(environment.cwd, path), 'utf8')
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    signal.addEventListener('abort', () => done(), { once: true })
  })
}

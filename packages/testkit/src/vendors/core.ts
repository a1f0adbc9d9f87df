import { rm } from 'node:fs/promises'
import { createRegistry } from '@chartroom/registry'
import { openStore } from '@chartroom/store'
import { Ledger } from './ledger.ts'
import type { Answer, Call } from './message.ts'
import { askedOf, isDigest } from './route.ts'
import { scratchFolder } from './scratch.ts'

/** A complete registry without any access rules: what every vendor's emulator stands before. */
export interface Core {
  readonly ledger: Ledger
  /** Hands a request on, to its own path unless another is given. */
  answer(call: Call, path?: string): Promise<Answer>
  /** Removes a tag, or a manifest with all its tags. */
  remove(repository: string, reference: string): Promise<void>
  /** Whether the repository holds the blob. */
  holds(repository: string, digest: string): Promise<boolean>
  close(): Promise<void>
}

export async function startCore(): Promise<Core> {
  const folder = await scratchFolder()
  const store = await openStore(folder)
  const { app } = createRegistry({ store })
  const ledger = new Ledger()

  async function ask(request: Request): Promise<Answer> {
    const response = await app.fetch(request)
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    }
  }

  async function answer(call: Call, path = call.url.pathname + call.url.search): Promise<Answer> {
    const { method } = call
    const body = method === 'GET' || method === 'HEAD' ? null : await call.body()
    const reply = await ask(new Request(`http://core${path}`, { method, headers: headersOf(call), body }))
    if (reply.status === 201 && method === 'PUT') await note(call, path, reply)
    if (reply.status === 202 && method === 'DELETE') forget(call.method, path)
    return reply
  }

  async function note(call: Call, path: string, reply: Answer): Promise<void> {
    const url = new URL(path, 'http://core')
    const { kind, repository, reference } = askedOf({ method: 'PUT', url })
    if (kind !== 'manifest') return
    ledger.push({
      repository,
      digest: String(reply.headers?.['docker-content-digest']),
      tags: isDigest(reference) ? url.searchParams.getAll('tag') : [reference],
      mediaType: String(call.headers['content-type']),
      bytes: await call.body(),
    })
  }

  function forget(method: string, path: string): void {
    const { kind, repository, reference } = askedOf({ method, url: new URL(path, 'http://core') })
    if (kind !== 'manifest') return
    if (isDigest(reference)) ledger.remove(repository, reference)
    else ledger.untag(repository, reference)
  }

  return {
    ledger,
    answer,
    async remove(repository, reference) {
      const path = `/v2/${repository}/manifests/${reference}`
      const { status } = await ask(new Request(`http://core${path}`, { method: 'DELETE' }))
      if (status === 202) forget('DELETE', path)
    },
    async holds(repository, digest) {
      const url = `http://core/v2/${repository}/blobs/${digest}`
      return (await ask(new Request(url, { method: 'HEAD' }))).status === 200
    },
    async close() {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What the connection and the access rules are about is not handed on. */
const own = new Set(['authorization', 'connection', 'cookie', 'expect', 'host', 'transfer-encoding'])

function headersOf({ headers }: Call): Headers {
  const handed = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !own.has(name)) handed.set(name, String(value))
  }
  return handed
}

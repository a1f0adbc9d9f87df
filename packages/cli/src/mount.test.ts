import type { Server } from 'node:http'
import { createServer, request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop
let proxy: Recorder

beforeEach(async () => {
  shop = await openWorkshop()
  proxy = await recordingProxy(shop.host)
})

afterEach(async () => {
  await proxy.close()
  await shop.close()
})

describe('an equal blob in another repository of the host is mounted', () => {
  it('by push in a later run', async () => {
    await shop.chart('app', '1.0.0')
    await shop.chartroom('package', 'app')
    await shop.chartroom('push', 'app-1.0.0.tgz', `oci://${proxy.host}/a`)
    expect(proxy.blobUploads()).toHaveLength(2)
    proxy.clear()
    const pushed = await shop.chartroom('push', 'app-1.0.0.tgz', `oci://${proxy.host}/b`)
    expect(pushed.code).toBe(0)
    expect(proxy.blobUploads()).toEqual([])
    expect((await shop.chartroom('pull', `oci://${proxy.host}/b/app`, '-d', 'out')).code).toBe(0)
  })

  it('by publish to two paths in one run, which names the repository', async () => {
    await shop.chart('app', '1.0.0')
    const published = await shop.chartroom(
      'publish',
      'app',
      '--to',
      `oci://${proxy.host}/a`,
      '--to',
      `oci://${proxy.host}/b`,
    )
    expect(published.code).toBe(0)
    expect(proxy.blobUploads()).toHaveLength(2)
    expect(proxy.requests.filter((line) => /^POST .*[?&]from=(a|b)%2Fapp/.test(line))).toHaveLength(2)
  })
})

interface Recorder {
  readonly host: string
  readonly requests: string[]
  /** Requests that carry a blob's bytes. */
  blobUploads(): string[]
  clear(): void
  close(): Promise<void>
}

/** Hands everything on to a host and remembers what was asked. */
async function recordingProxy(target: string): Promise<Recorder> {
  const requests: string[] = []
  const server = createServer((incoming, outgoing) => {
    requests.push(`${incoming.method} ${incoming.url}`)
    const onward = request(
      `http://${target}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    incoming.pipe(onward)
  })
  const port = await listen(server)
  return {
    host: `127.0.0.1:${port}`,
    requests,
    blobUploads: () => requests.filter((line) => /^(PUT|PATCH) \/v2\/.*\/blobs\/uploads\//.test(line)),
    clear: () => {
      requests.length = 0
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A proxy on loopback that hands everything on to one host and remembers what was asked. */
export interface RecordingProxy {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  /** `METHOD /path?query` of each request, in order. */
  readonly requests: readonly string[]
  /** Requests that carry bytes of a blob. */
  blobUploads(): string[]
  clear(): void
}

/** `rewrite` alters the path and query of what is handed on. The proxy ends with the test. */
export async function recordingProxy(
  target: string,
  rewrite: (path: string) => string = (path) => path,
): Promise<RecordingProxy> {
  const requests: string[] = []
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    requests.push(`${method} ${url}`)
    const onward = request(`http://${target}${rewrite(url)}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.once('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    requests,
    blobUploads: () => requests.filter((line) => /^(PUT|PATCH) \/v2\/.*\/blobs\/uploads\//.test(line)),
    clear() {
      requests.length = 0
    },
  }
}

import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface OddAnswer {
  readonly status: number
  /** Of the error. */
  readonly code: string
}

/** An answer of its own, another path to ask behind it, or undefined to hand the request on. */
export type Oddity = (
  method: string,
  path: string,
) => Promise<OddAnswer | string | undefined> | OddAnswer | string | undefined

export interface OddRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  /** `METHOD /path` of each request, in order. */
  readonly requests: string[]
}

/** A registry that differs in one thing from that at `target`, which is behind it. It ends with the test. */
export async function oddRegistry(target: string, oddity: Oddity): Promise<OddRegistry> {
  const requests: string[] = []
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    requests.push(`${method} ${url}`)
    void Promise.resolve(oddity(method, url)).then((odd) => {
      if (typeof odd === 'object') {
        outgoing.writeHead(odd.status, { 'content-type': 'application/json' })
        outgoing.end(JSON.stringify({ errors: [{ code: odd.code, message: 'odd' }] }))
        return
      }
      const onward = request(`http://${target}${odd ?? url}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      onward.once('error', () => outgoing.destroy())
      incoming.pipe(onward)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

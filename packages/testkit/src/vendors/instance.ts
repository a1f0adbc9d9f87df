import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer, Call } from './message.ts'

/** What a machine of a cloud asks for its own keys; on loopback, where the clouds' kits can be pointed at. */
export interface InstanceService {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** `METHOD /path` of each request, in order. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** The first that knows a path answers. */
export async function startInstanceService(
  services: readonly ((call: Call) => Answer | undefined)[],
): Promise<InstanceService> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    request.resume()
    const url = new URL(request.url ?? '/', 'http://169.254.169.254')
    requests.push(`${request.method} ${url.pathname}`)
    const call = {
      method: request.method ?? 'GET',
      url,
      headers: request.headers,
      body: async () => Buffer.alloc(0),
    }
    const answers = services.map((service) => service(call))
    const { status, headers, body } = answers.find((one) => one !== undefined) ?? { status: 404 }
    response.writeHead(status, { ...headers } as Record<string, string>).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

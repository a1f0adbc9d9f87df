import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'

/** A forward proxy in whose network every name is this machine. */
export interface ForwardProxy {
  /** With user and password, where it asks for them. */
  readonly url: string
  /** `CONNECT host:port` and `GET http://...`, in order. */
  readonly asked: string[]
  close(): Promise<void>
}

export async function startForwardProxy(login?: string): Promise<ForwardProxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    if (wanted !== undefined && incoming.headers['proxy-authorization'] !== wanted)
      return void outgoing.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end()
    const url = new URL(incoming.url ?? '')
    const { 'proxy-authorization': _, ...headers } = incoming.headers
    const onward = request(
      {
        host: '127.0.0.1',
        port: url.port,
        path: url.pathname + url.search,
        method: incoming.method,
        headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.once('error', () => outgoing.destroy())
    return void incoming.pipe(onward)
  })
  server.on('connect', (incoming, client: Socket) => {
    asked.push(`CONNECT ${incoming.url}`)
    if (wanted !== undefined && incoming.headers['proxy-authorization'] !== wanted)
      return void client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
      )
    const onward = connect({ host: '127.0.0.1', port: Number(incoming.url?.split(':').at(-1)) })
    for (const socket of [client, onward]) {
      sockets.add(socket)
      socket
        .once('close', () => sockets.delete(socket))
        .once('error', () => {
          client.destroy()
          onward.destroy()
        })
    }
    return void onward.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(onward)
      onward.pipe(client)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${login === undefined ? '' : `${login}@`}127.0.0.1:${port}`,
    asked,
    async close() {
      const closed = once(server, 'close')
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      server.close()
      await closed
    },
  }
}

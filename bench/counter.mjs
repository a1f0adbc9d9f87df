// A proxy on loopback that counts the requests it hands on.
import { createServer, request } from 'node:http'

/** Runs `work(host, count)` with the address of a proxy before a registry. */
export async function withCounter(target, work) {
  let requests = 0
  const server = createServer((incoming, outgoing) => {
    requests++
    const onward = request(
      `http://${target}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode, answer.headers)
        answer.pipe(outgoing)
      },
    )
    incoming.pipe(onward)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await work(`127.0.0.1:${server.address().port}`, () => requests)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

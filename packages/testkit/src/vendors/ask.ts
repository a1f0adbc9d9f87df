import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import type { Vendors } from './start.ts'

export interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One request, `METHOD HOST/PATH`, through the proxy of the vendors; nothing is followed or tried again. */
export async function ask(
  { proxyUrl, caFile }: Pick<Vendors, 'proxyUrl' | 'caFile'>,
  line: string,
  {
    headers = {},
    body,
  }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<Got> {
  const [method = 'GET', address = ''] = line.split(' ')
  const url = new URL(`https://${address}`)
  const tunnel = request(proxyUrl, { method: 'CONNECT', path: `${url.hostname}:443`, agent: false }).end()
  const [opened, socket] = (await once(tunnel, 'connect')) as [IncomingMessage, Socket]
  if (opened.statusCode !== 200) return { status: opened.statusCode ?? 0, headers: opened.headers, body: '' }
  const secure = connect({ socket, servername: url.hostname, ca: readFileSync(caFile, 'utf8') })
  const sent = request({
    createConnection: () => secure,
    method,
    path: url.pathname + url.search,
    headers: { host: url.host, ...headers },
  }).end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  secure.destroy()
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: text }
}

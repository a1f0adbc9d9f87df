import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGunzip } from 'node:zlib'

export interface GitServerOptions {
  /** The folder that the bare repositories lie in. */
  readonly root: string
  /** Without it everybody may read and write. */
  readonly login?: { readonly username: string; readonly password: string } | undefined
  /** Answers instead of git where it gives a status; told of each request. */
  readonly refuse?: ((request: IncomingMessage) => number | undefined) | undefined
  /** Where answers with a status of 300 and more send the client. */
  readonly location?: string | undefined
  /** True for a request that is worked off, and whose answer is lost. */
  readonly cutAnswer?: ((request: IncomingMessage) => boolean) | undefined
}

export interface GitServer {
  readonly url: string
  /** `METHOD PATH?QUERY` of what was asked, in order. */
  readonly requests: readonly string[]
  /** Bytes of answers so far. */
  sent(): number
  close(): Promise<void>
}

/** Serves bare repositories as git hosts do, by git's own `http-backend`, on a free loopback port. */
export async function startGitServer(options: GitServerOptions): Promise<GitServer> {
  const requests: string[] = []
  let sent = 0
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const status = options.refuse?.(request) ?? statusOf(request, options)
    if (status === 200) backend(request, response, { ...options, onData: (bytes) => (sent += bytes) })
    else refuse(response, status, options)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    sent: () => sent,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function statusOf({ headers }: IncomingMessage, { login }: GitServerOptions): number {
  if (login === undefined) return 200
  const expected = Buffer.from(`${login.username}:${login.password}`).toString('base64')
  return headers.authorization === `Basic ${expected}` ? 200 : 401
}

function refuse(response: ServerResponse, status: number, { location }: GitServerOptions): void {
  if (status === 401) response.setHeader('www-authenticate', 'Basic realm="git"')
  if (status >= 300 && status < 400 && location !== undefined) response.setHeader('location', location)
  response.writeHead(status).end('no\n')
}

function backend(
  request: IncomingMessage,
  response: ServerResponse,
  { root, cutAnswer, onData }: GitServerOptions & { readonly onData: (bytes: number) => void },
): void {
  const { headers, method = '', url = '' } = request
  const { pathname, search } = new URL(url, 'http://git')
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'http.receivepack',
      GIT_CONFIG_VALUE_0: 'true',
      GIT_CONFIG_KEY_1: 'uploadpack.allowFilter',
      GIT_CONFIG_VALUE_1: 'true',
      REQUEST_METHOD: method,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: headers['content-type'] ?? '',
      REMOTE_USER: 'tester',
      REMOTE_ADDR: '127.0.0.1',
      ...(typeof headers['git-protocol'] === 'string' ? { GIT_PROTOCOL: headers['git-protocol'] } : {}),
    },
  })
  const body = headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request
  // It may answer before it has read all.
  child.stdin.on('error', () => undefined)
  body.pipe(child.stdin)
  child.on('error', () => response.destroy())
  child.stdout.on('data', (chunk: Buffer) => onData(chunk.length))
  if (cutAnswer?.(request) === true) {
    child.stdout.resume()
    child.once('close', () => response.destroy())
  } else {
    answer(child.stdout, response)
  }
}

/** Turns what a CGI program prints into an answer: lines of headers, an empty one, the body (RFC 3875). */
function answer(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head = Buffer.alloc(0)
  const onData = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    output.off('data', onData)
    const fields = head.subarray(0, end).toString('latin1').split('\r\n').map(field)
    const status = fields.find(([name]) => name === 'status')?.[1] ?? '200'
    for (const [name, value] of fields) if (name !== 'status') response.setHeader(name, value)
    response.writeHead(Number.parseInt(status, 10))
    response.write(head.subarray(end + 4))
    output.pipe(response)
  }
  output.on('data', onData)
  output.on('end', () => response.end())
}

function field(text: string): [name: string, value: string] {
  const colon = text.indexOf(':')
  return [text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim()]
}

import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Secret } from '@chartroom/errors'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Credential } from '../index.ts'
import { createTransport, openRegistry } from '../index.ts'

const credential: Credential = { kind: 'basic', username: 'me', password: new Secret('p'), source: 'a file' }

interface Guarded {
  readonly host: string
  /** Tokens asked for. */
  asked(): number
  /** The tags of a repository, by one registry client. */
  tags(): Promise<string[]>
}

/** A registry that challenges as told and takes the token that its service gave; headers may have 256 KB. */
async function guarded(
  answer: object,
  challenges: (host: string) => readonly string[] = (host) => [`Bearer realm="http://${host}/token"`],
): Promise<Guarded> {
  let asked = 0
  const token = String(Object.getOwnPropertyDescriptor(answer, 'token')?.value)
  const server = createServer({ maxHeaderSize: 256 * 1024 }, (request: IncomingMessage, response) => {
    if (request.url?.startsWith('/token') === true) {
      asked += 1
      response.end(JSON.stringify(answer))
    } else if (request.headers.authorization === `Bearer ${token}`) response.end('{"tags":["1"]}')
    else response.writeHead(401, { 'www-authenticate': [...challenges(host)] }).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const transport = createTransport({ retry: { attempts: 1 } })
  onTestFinished(() => {
    transport.close()
    server.closeAllConnections()
    server.close()
  })
  const credentials = { credential: () => Promise.resolve(credential) }
  const repository = openRegistry({ host, transport, credentials }).repository('a/b')
  return {
    host,
    asked: () => asked,
    async tags() {
      const found: string[] = []
      for await (const tag of repository.tags()) found.push(tag)
      return found
    },
  }
}

describe('a token', () => {
  it.each([
    ['without an end', {}],
    ['that has ended already', { expires_in: 0 }],
    ['that ended before it began', { expires_in: -1e9 }],
    ['whose end is no number', { expires_in: 'soon' }],
    ['that was issued long ago, as Google does', { expires_in: 3600, issued_at: '2001-01-01T00:00:00Z' }],
    ['that is issued in a time to come', { expires_in: 3600, issued_at: '2099-01-01T00:00:00Z' }],
  ])('%s is used, and for a minute at least', async (_, said) => {
    const registry = await guarded({ token: 'short', ...said })
    for (let request = 0; request < 3; request++) expect(await registry.tags()).toEqual(['1'])
    expect(registry.asked()).toBe(1)
  })

  it('of 64 KB is sent whole', async () => {
    const registry = await guarded({ token: 'x'.repeat(64 * 1024) })
    expect(await registry.tags()).toEqual(['1'])
  })

  it.each(['a\r\nx-evil: 1', 'a b', 'ü', ''])('of %j is none', async (token) => {
    const registry = await guarded({ token })
    await expect(registry.tags()).rejects.toMatchObject({ code: 'SERVER_ERROR' })
  })
})

describe('a challenge on the wire', () => {
  it.each<[string, (host: string) => string[]]>([
    ['before another one', (host) => [`Bearer realm="http://${host}/token"`, 'Basic realm="r"']],
    ['behind another one', (host) => ['Basic realm="r"', `Bearer realm="http://${host}/token"`]],
    [
      'behind others in one line',
      (host) => [`Negotiate, Basic realm="r", Bearer realm="http://${host}/token"`],
    ],
    ['in capitals', (host) => [`BEARER REALM="http://${host}/token",SCOPE="repository:a/b:pull"`]],
    [
      'with its realm last',
      (host) => [`bearer scope="repository:a/b:pull",service="s",realm="http://${host}/token"`],
    ],
    ['without quotes', (host) => [`Bearer realm=http://${host}/token`]],
  ])('is taken up %s', async (_, challenges) => {
    const registry = await guarded({ token: 't' }, challenges)
    expect(await registry.tags()).toEqual(['1'])
  })

  it.each([
    'not a url',
    '/token',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://',
    '//h/token',
    'https://[::1/token',
  ])('is not followed to the realm %j', async (realm) => {
    const registry = await guarded({ token: 't' }, () => [`Bearer realm="${realm}"`])
    await expect(registry.tags()).rejects.toMatchObject({ code: 'CREDENTIAL_LEAK_REFUSED' })
    expect(registry.asked()).toBe(0)
  })
})

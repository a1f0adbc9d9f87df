import { Secret } from '@chartroom/errors'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Answer, Arrived, Script, ScriptedServer } from '../../test/scripted-server.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import type { Credential, CredentialSource, RemoteRegistry } from '../index.ts'
import { createTransport, openRegistry } from '../index.ts'
import { limits } from '../limits.ts'

const basic: Credential = { kind: 'basic', username: 'me', password: new Secret('pa:ss'), source: 'a file' }
const identity: Credential = { kind: 'identity', token: new Secret('refresh-me'), source: 'a helper' }
const basicHeader = `Basic ${Buffer.from('me:pa:ss').toString('base64')}`

function open(host: string, credential?: Credential, trustedRealms?: string[]): RemoteRegistry {
  const transport = createTransport({ retry: { attempts: 1 } })
  onTestFinished(() => transport.close())
  const credentials: CredentialSource = { credential: () => Promise.resolve(credential) }
  return openRegistry({ host, transport, credentials, trustedRealms })
}

/** A registry that takes `Bearer TOKEN` and sends others to its own `/token`. */
async function registry(
  token: string,
  more: Script = {},
  scope = 'repository:a/b:pull',
): Promise<ScriptedServer> {
  return scriptedServer(({ host }) => {
    const guarded =
      (then: Answer) =>
      ({ headers }: Arrived): Answer =>
        headers.authorization === `Bearer ${token}`
          ? then
          : {
              status: 401,
              headers: {
                'www-authenticate': `Bearer realm="http://${host}/token",service="s",scope="${scope}"`,
              },
            }
    return {
      'GET /v2/a/b/tags/list': guarded({ body: '{"tags":["1"]}' }),
      'HEAD /v2/a/b/blobs/x': guarded({}),
      'GET /v2/': guarded({}),
      'GET /token': { body: JSON.stringify({ token, expires_in: 300 }) },
      ...more,
    }
  })
}

async function tags(registry_: RemoteRegistry, name = 'a/b'): Promise<string[]> {
  const found: string[] = []
  for await (const tag of registry_.repository(name).tags()) found.push(tag)
  return found
}

const tokenRequests = (server: ScriptedServer): Arrived[] =>
  server.requests.filter(({ path }) => path.startsWith('/token'))

describe('a bearer token', () => {
  it('is fetched with the credential once, and used from then on', async () => {
    const server = await registry('t1')
    const remote = open(server.host, basic)
    expect(await tags(remote)).toEqual(['1'])
    expect(await tags(remote)).toEqual(['1'])
    expect(server.log()).toEqual([
      'GET /v2/a/b/tags/list',
      'GET /token?service=s&scope=repository%3Aa%2Fb%3Apull',
      'GET /v2/a/b/tags/list',
      'GET /v2/a/b/tags/list',
    ])
    expect(server.requests[0]?.headers.authorization).toBeUndefined()
    expect(tokenRequests(server)[0]?.headers.authorization).toBe(basicHeader)
  })

  it('is fetched without a credential too', async () => {
    const server = await registry('t1')
    expect(await tags(open(server.host))).toEqual(['1'])
    expect(tokenRequests(server)[0]?.headers.authorization).toBeUndefined()
  })

  it('is fetched once for many requests at once', async () => {
    const server = await registry('t1')
    const remote = open(server.host, basic)
    await Promise.all(Array.from({ length: 8 }, () => tags(remote)))
    expect(tokenRequests(server)).toHaveLength(1)
  })

  it('asks for push from the first request on where the repository is to be pushed to', async () => {
    const server = await registry('t1')
    const repository = open(server.host, basic).repository('a/b', { push: true })
    for await (const tag of repository.tags()) expect(tag).toBe('1')
    expect(tokenRequests(server).map(({ path }) => path)).toEqual([
      '/token?service=s&scope=repository%3Aa%2Fb%3Apull%2Cpush',
    ])
  })

  it('is fetched anew when it has expired, before it is used', async () => {
    const server = await registry('t1', { 'GET /token': { body: '{"token":"t1","expires_in":0.001}' } })
    const remote = open(server.host, basic)
    await tags(remote)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await tags(remote)
    expect(tokenRequests(server)).toHaveLength(2)
  })

  it('is fetched anew when the registry no longer takes it', async () => {
    const server = await registry('new', {
      'GET /token': [{ body: '{"token":"old"}' }, { body: '{"access_token":"new"}' }],
    })
    const remote = open(server.host, basic)
    await expect(tags(remote)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await tags(remote)).toEqual(['1'])
    expect(tokenRequests(server)).toHaveLength(2)
  })

  it.each([
    ['{"access_token":"","token":"t1"}', 'Harbor'],
    ['{"access_token":"t1","token":"other"}', 'the specification'],
    ['{"token":"t1","expires_in":-5,"issued_at":"nonsense"}', 'somebody careless'],
  ])('is read of %s as of %s', async (body) => {
    const server = await registry('t1', { 'GET /token': { body } })
    expect(await tags(open(server.host, basic))).toEqual(['1'])
  })

  it.each([
    ['', 'SERVER_ERROR'],
    ['{}', 'SERVER_ERROR'],
    ['null', 'SERVER_ERROR'],
    ['<html>', 'SERVER_ERROR'],
    ['{"token":"a b\\nx: y"}', 'SERVER_ERROR'],
    ['{"token":42}', 'SERVER_ERROR'],
    [`{"token":"${'x'.repeat(limits.tokenBytes)}"}`, 'LIMIT_EXCEEDED'],
  ])('is not read of an answer that is none', async (body, code) => {
    const server = await registry('t1', { 'GET /token': { body } })
    await expect(tags(open(server.host, basic))).rejects.toMatchObject({ code })
  })

  it.each([
    [401, basic, 'UNAUTHENTICATED'],
    [403, basic, 'UNAUTHENTICATED'],
    [401, undefined, 'ANONYMOUS_REFUSED'],
    [403, undefined, 'ANONYMOUS_REFUSED'],
    [429, basic, 'RATE_LIMITED'],
    [500, basic, 'SERVER_ERROR'],
  ])('that is refused with %i is told of', async (status, credential, code) => {
    const server = await registry('t1', { 'GET /token': { status } })
    await expect(tags(open(server.host, credential))).rejects.toMatchObject({ code })
  })

  it('is asked for by POST with the password where GET is not known', async () => {
    const server = await registry('t1', {
      'GET /token': { status: 405 },
      'POST /token': { body: '{"access_token":"t1"}' },
    })
    expect(await tags(open(server.host, basic))).toEqual(['1'])
    expect(Object.fromEntries(new URLSearchParams(String(tokenRequests(server)[1]?.body)))).toEqual({
      client_id: 'chartroom',
      service: 's',
      scope: 'repository:a/b:pull',
      grant_type: 'password',
      username: 'me',
      password: 'pa:ss',
    })
  })

  it('is bought with a refresh token by POST', async () => {
    const server = await registry('t1', { 'POST /token': { body: '{"access_token":"t1"}' } })
    expect(await tags(open(server.host, identity))).toEqual(['1'])
    expect(tokenRequests(server)).toMatchObject([{ method: 'POST', path: '/token' }])
    expect(Object.fromEntries(new URLSearchParams(String(tokenRequests(server)[0]?.body)))).toEqual({
      client_id: 'chartroom',
      service: 's',
      scope: 'repository:a/b:pull',
      grant_type: 'refresh_token',
      refresh_token: 'refresh-me',
    })
  })

  it.each([404, 405])('is bought with a refresh token by GET where POST answers %i', async (status) => {
    const server = await registry('t1', { 'POST /token': { status } })
    expect(await tags(open(server.host, identity))).toEqual(['1'])
    expect(tokenRequests(server)[1]?.headers.authorization).toBe(
      `Basic ${Buffer.from('<token>:refresh-me').toString('base64')}`,
    )
  })

  it('that is at hand is used as it is, once', async () => {
    const server = await registry('t1')
    const bearer = (token: string): Credential => ({
      kind: 'bearer',
      token: new Secret(token),
      source: 'a file',
    })
    expect(await tags(open(server.host, bearer('t1')))).toEqual(['1'])
    await expect(tags(open(server.host, bearer('t2')))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(tokenRequests(server)).toEqual([])
  })

  it('that does not allow enough is no wrong login', async () => {
    const server = await scriptedServer(({ host }) => ({
      'GET /v2/a/b/tags/list': {
        status: 401,
        headers: { 'www-authenticate': `Bearer realm="http://${host}/token",error="insufficient_scope"` },
      },
      'GET /token': { body: '{"token":"t"}' },
    }))
    await expect(tags(open(server.host, basic))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(tags(open(server.host))).rejects.toMatchObject({ code: 'ANONYMOUS_REFUSED' })
  })

  it('leaves out the placeholder scope of /v2/', async () => {
    const server = await registry('t1', {}, 'repository:user/image:pull')
    await open(server.host, basic).ping()
    expect(tokenRequests(server)[0]?.path).toBe('/token?service=s')
  })
})

describe('a password', () => {
  it('is sent as Basic where that is asked for, and from then on', async () => {
    const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }
    const server = await scriptedServer({
      'GET /v2/a/b/tags/list': ({ headers }) =>
        headers.authorization === basicHeader ? { body: '{"tags":[]}' } : challenge,
    })
    const remote = open(server.host, basic)
    await tags(remote)
    await tags(remote)
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      basicHeader,
      basicHeader,
    ])
  })

  it('that is wrong is sent once', async () => {
    const server = await scriptedServer({
      'GET /v2/a/b/tags/list': { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
    })
    const remote = open(server.host, basic)
    await expect(tags(remote)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      hint: expect.stringContaining('a file') as unknown,
    })
    expect(server.requests).toHaveLength(2)
    await expect(tags(remote)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(server.requests).toHaveLength(3)
  })

  it.each(['Negotiate', '', 'Digest realm="x"'])('is not sent for %j', async (challenge) => {
    const server = await scriptedServer({
      'GET /v2/a/b/tags/list': { status: 401, headers: { 'www-authenticate': challenge } },
    })
    await expect(tags(open(server.host, basic))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  it('may be another for another path', async () => {
    const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }
    const server = await scriptedServer({
      'GET /v2/one/tags/list': ({ headers }) =>
        headers.authorization === undefined ? challenge : { body: '{}' },
      'GET /v2/two/tags/list': ({ headers }) =>
        headers.authorization === undefined ? challenge : { body: '{}' },
    })
    const transport = createTransport()
    onTestFinished(() => transport.close())
    const remote = openRegistry({
      host: server.host,
      transport,
      credentials: {
        credential: (_, repository) =>
          Promise.resolve({
            kind: 'basic',
            username: repository ?? '',
            password: new Secret('p'),
            source: 'test',
          }),
      },
    })
    await tags(remote, 'one')
    await tags(remote, 'two')
    const users = server.requests.map(({ headers }) =>
      Buffer.from(headers.authorization?.slice(6) ?? '', 'base64').toString(),
    )
    expect(users).toEqual(['', 'one:p', 'two:p'])
  })
})

describe('a hostile realm', () => {
  // CVE-2026-48978 and GHSA-xf85-363p-868w (oras-go), CVE-2026-33540 (distribution).
  it.each([
    ['of another party', basic],
    ['of another party', identity],
  ])('%s gets no credential', async (_, credential) => {
    // Another name of this machine stands for another party: it may not even be asked.
    const attacker = await scriptedServer({
      'GET /token': { body: '{"token":"x"}' },
      'POST /token': { body: '{"token":"x"}' },
    })
    const server = await scriptedServer({
      'GET /v2/a/b/tags/list': {
        status: 401,
        headers: { 'www-authenticate': `Bearer realm="http://localhost:${attacker.port}/token",service="s"` },
      },
    })
    await expect(tags(open(server.host, credential))).rejects.toMatchObject({
      code: 'CREDENTIAL_LEAK_REFUSED',
    })
    expect(attacker.requests).toEqual([])
  })

  it('without TLS is not asked by a registry with TLS', async () => {
    const attacker = await scriptedServer({ 'GET /token': { body: '{"token":"x"}' } })
    const server = await scriptedServer(
      {
        'GET /v2/': { status: 401, headers: { 'www-authenticate': `Bearer realm="${attacker.url}/token"` } },
      },
      { tls: true },
    )
    const transport = createTransport({ insecureSkipTlsVerify: true })
    onTestFinished(() => transport.close())
    const credentials: CredentialSource = { credential: () => Promise.resolve(identity) }
    const remote = openRegistry({ host: server.host, plainHttp: false, transport, credentials })
    await expect(remote.ping()).rejects.toMatchObject({ code: 'CREDENTIAL_LEAK_REFUSED' })
    expect(attacker.requests).toEqual([])
  })

  it('that redirects takes no credential along', async () => {
    const attacker = await scriptedServer({
      'GET /token': { body: '{"token":"t1"}' },
      'POST /token': { body: '{"token":"t1"}' },
    })
    const away = { status: 307, headers: { location: `${attacker.url}/token` } }
    const server = await registry('t1', { 'GET /token': away, 'POST /token': away })
    expect(await tags(open(server.host, basic))).toEqual(['1'])
    expect(attacker.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
    await expect(tags(open(server.host, identity))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(attacker.requests.map(({ method, body }) => `${method} ${String(body)}`)).toEqual(['GET '])
  })
})

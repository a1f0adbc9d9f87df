import { ChartroomError, Secret } from '@chartroom/errors'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Answer, Arrived, ScriptedServer } from '../../test/scripted-server.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import type { Credential, CredentialSource, FailedAccess, RegistryOptions, RemoteRegistry } from '../index.ts'
import { createTransport, openRegistry } from '../index.ts'
import { limits } from '../limits.ts'

function basic(password: string): Credential {
  return { kind: 'basic', username: 'me', password: new Secret(password), source: password }
}

function headerOf(password: string): string {
  return `Basic ${Buffer.from(`me:${password}`).toString('base64')}`
}

/** Gives one login after the other: the next when told that the one before was refused. */
function inTurn(...logins: (Credential | undefined)[]): CredentialSource & { refused: unknown[] } {
  const refused: unknown[] = []
  let at = 0
  return {
    refused,
    credential: () => Promise.resolve(logins[at]),
    renew(_origin, _repository, given) {
      refused.push(given?.source)
      if (given !== logins[at]) return Promise.resolve(true)
      at = Math.min(at + 1, logins.length - 1)
      return Promise.resolve(given !== logins[at])
    },
  }
}

function open(host: string, options: Partial<RegistryOptions>): RemoteRegistry {
  const transport = createTransport({ retry: { attempts: 1 } })
  onTestFinished(() => transport.close())
  return openRegistry({ host, transport, ...options })
}

async function tags(registry: RemoteRegistry, push = false): Promise<string[]> {
  const found: string[] = []
  for await (const tag of registry.repository('a/b', { push }).tags()) found.push(tag)
  return found
}

const refusal: Answer = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }

/** A registry with passwords, which refuses others by this status. */
function withPassword(password: string, status = 401): Promise<ScriptedServer> {
  const guarded = ({ headers }: Arrived): Answer => {
    if (headers.authorization === headerOf(password)) return { body: '{"tags":["1"]}' }
    return headers.authorization === undefined || status === 401 ? refusal : { status }
  }
  return scriptedServer({ 'GET /v2/a/b/tags/list': guarded, 'GET /v2/': guarded })
}

/** A registry with tokens: of the password, and of nobody where that is let in. */
function withTokens(password: string, anonymous: Answer): Promise<ScriptedServer> {
  return scriptedServer(({ host }) => ({
    'GET /v2/a/b/tags/list': ({ headers }) =>
      headers.authorization === 'Bearer of-me'
        ? { body: '{"tags":["1"]}' }
        : { status: headers.authorization === undefined ? 401 : 403, headers: challenge(host) },
    'GET /v2/': ({ headers }) =>
      headers.authorization === undefined ? { status: 401, headers: challenge(host) } : {},
    'GET /token': ({ headers }) =>
      headers.authorization === headerOf(password)
        ? { body: '{"token":"of-me"}' }
        : headers.authorization === undefined
          ? anonymous
          : { status: 401 },
  }))
}

function challenge(host: string): Record<string, string> {
  return { 'www-authenticate': `Bearer realm="http://${host}/token",service="s"` }
}

describe('a login that is refused', () => {
  it.each([401, 403])('with %i is renewed, and the request sent again', async (status) => {
    const server = await withPassword('new', status)
    const credentials = inTurn(basic('old'), basic('new'))
    const registry = open(server.host, { credentials })
    expect(await tags(registry)).toEqual(['1'])
    expect(credentials.refused).toEqual(['old'])
    expect(await tags(registry)).toEqual(['1'])
    expect(server.requests).toHaveLength(4)
  })

  it('is renewed once for all who were refused together', async () => {
    const server = await withPassword('new', 403)
    const credentials = inTurn(basic('old'), basic('new'), basic('newer'))
    const registry = open(server.host, { credentials })
    const all = await Promise.all(Array.from({ length: 6 }, () => tags(registry)))
    expect(all).toEqual(Array.from({ length: 6 }, () => ['1']))
  })

  it('stays refused where there is no other', async () => {
    const server = await withPassword('new', 403)
    await expect(tags(open(server.host, { credentials: inTurn(basic('old')) }))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  it('is given up after some, however many there are', async () => {
    const server = await withPassword('never', 403)
    const many = Array.from({ length: 20 }, (_, index) => basic(String(index)))
    await expect(tags(open(server.host, { credentials: inTurn(...many) }))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(server.requests.length).toBe(limits.loginRounds + 1)
  })

  it('by a token service is renewed there', async () => {
    const server = await withTokens('new', { status: 401 })
    const credentials = inTurn(basic('old'), basic('new'))
    expect(await tags(open(server.host, { credentials }))).toEqual(['1'])
    expect(credentials.refused).toEqual(['old'])
  })

  it('for want of a right is not renewed where a token service took it', async () => {
    const server = await scriptedServer(({ host }) => ({
      'GET /v2/a/b/tags/list': ({ headers }) =>
        headers.authorization === undefined ? { status: 401, headers: challenge(host) } : { status: 403 },
      'GET /token': { body: '{"token":"narrow"}' },
    }))
    const credentials = inTurn(basic('one'), basic('two'))
    await expect(tags(open(server.host, { credentials }))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(credentials.refused).toEqual([])
  })
})

describe('going without a login', () => {
  it.each<[string, Answer]>([
    ['gives no token', { status: 403 }],
    ['gives one that is not enough', { body: '{"token":"of-nobody"}' }],
  ])('that %s makes one be looked for', async (_what, anonymous) => {
    const server = await withTokens('found', anonymous)
    const credentials = inTurn(undefined, basic('found'))
    expect(await tags(open(server.host, { credentials }))).toEqual(['1'])
    expect(credentials.refused).toEqual([undefined])
  })

  it('is not tried for a push', async () => {
    const server = await withTokens('found', { status: 403 })
    await tags(open(server.host, { credentials: inTurn(undefined, basic('found')) }), true)
    expect(server.requests.filter(({ path }) => path.startsWith('/token'))).toHaveLength(1)
  })

  it('is not tried where a user and password are wanted', async () => {
    const server = await withPassword('found')
    expect(await tags(open(server.host, { credentials: inTurn(undefined, basic('found')) }))).toEqual(['1'])
    expect(server.requests).toHaveLength(2)
  })

  it('that is enough looks for none', async () => {
    const server = await scriptedServer({ 'GET /v2/a/b/tags/list': { body: '{"tags":["1"]}' } })
    const credentials = inTurn(undefined, basic('found'))
    expect(await tags(open(server.host, { credentials }))).toEqual(['1'])
    expect(credentials.refused).toEqual([])
  })
})

describe('a registry that is known to want a password', () => {
  it('gets it with the first request', async () => {
    const server = await withPassword('p')
    const credentials = inTurn(basic('p'))
    expect(await tags(open(server.host, { credentials, wantsBasic: true }))).toEqual(['1'])
    expect(server.requests).toHaveLength(1)
  })

  it('is asked without one where there is none', async () => {
    const server = await withPassword('p')
    const registry = open(server.host, { credentials: inTurn(undefined), wantsBasic: true })
    await expect(tags(registry)).rejects.toMatchObject({ code: 'ANONYMOUS_REFUSED' })
    expect(server.requests[0]?.headers.authorization).toBeUndefined()
  })
})

describe('proving a login', () => {
  it('ends with the token that its service gives', async () => {
    const server = await withTokens('p', { status: 403 })
    await open(server.host, { credentials: inTurn(basic('p')) }).authenticate()
    expect(server.log()).toEqual(['GET /v2/', 'GET /token?service=s'])
  })

  it('fails with the token service', async () => {
    const server = await withTokens('p', { status: 403 })
    await expect(open(server.host, { credentials: inTurn(basic('x')) }).authenticate()).rejects.toMatchObject(
      {
        code: 'UNAUTHENTICATED',
      },
    )
  })

  it('tries a password at the registry', async () => {
    const server = await withPassword('p')
    await open(server.host, { credentials: inTurn(basic('p')) }).authenticate()
    await open(server.host, { credentials: inTurn(basic('p')), wantsBasic: true }).authenticate()
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      headerOf('p'),
      headerOf('p'),
    ])
    await expect(open(server.host, { credentials: inTurn(basic('x')) }).authenticate()).rejects.toMatchObject(
      {
        code: 'UNAUTHENTICATED',
      },
    )
  })
})

describe('somebody who knows the registry', () => {
  it('is told of its answers, and puts its errors in better words', async () => {
    const server = await withTokens('p', { status: 403 })
    const seen: number[] = []
    const asked: FailedAccess[] = []
    const registry = open(server.host, {
      onAnswer: ({ status }) => seen.push(status),
      explain(error, about) {
        asked.push(about)
        return Promise.resolve(new ChartroomError(error.code, 'in better words', { hint: 'Do this.' }))
      },
    })
    await expect(tags(registry)).rejects.toMatchObject({ message: 'in better words', hint: 'Do this.' })
    expect(seen).toEqual([401])
    expect(asked).toMatchObject([{ repository: 'a/b', method: 'GET', scopes: ['repository:a/b:pull'] }])
    await expect(registry.authenticate()).rejects.toMatchObject({ message: 'in better words' })
  })
})

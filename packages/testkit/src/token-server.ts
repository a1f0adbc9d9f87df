import type { JsonWebKey, KeyObject } from 'node:crypto'
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Actions by repository; `*` stands for all repositories. */
export type Rights = Readonly<Record<string, readonly string[]>>

export interface TokenServerOptions {
  /** By user name. */
  readonly users: Readonly<Record<string, { readonly password: string; readonly rights: Rights }>>
  /** What callers without a login get; without it they are refused. */
  readonly anonymous?: Rights | undefined
  /** Seconds that a token counts; default 300. */
  readonly lifetime?: number | undefined
}

/** One token that was asked for. */
export interface AskedToken {
  readonly method: string
  /** Undefined without a login. */
  readonly user: string | undefined
  readonly scopes: readonly string[]
  readonly status: number
}

/** A token service in distribution's form (its Token Authentication Specification), with a key of its own. */
export interface TokenServer {
  readonly realm: string
  readonly service: string
  readonly issuer: string
  /** The public key, as a registry reads it (RFC 7517). */
  readonly keySet: { readonly keys: readonly JsonWebKey[] }
  readonly asked: AskedToken[]
  close(): Promise<void>
}

const service = 'registry.test'
const issuer = 'chartroom testkit'

/** Starts on a free loopback port. Its tokens are signed with RS256. */
export async function startTokenServer(options: TokenServerOptions): Promise<TokenServer> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = keys.publicKey.export({ format: 'jwk' })
  // RFC 7638: the thumbprint names the key.
  const thumbprint = JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n })
  const id = createHash('sha256').update(thumbprint).digest('base64url')
  const asked: AskedToken[] = []
  const server = createServer((request, response) => {
    void answer(request, { options, asked, key: { id, secret: keys.privateKey } }).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      },
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    realm: `http://127.0.0.1:${port}/token`,
    service,
    issuer,
    keySet: { keys: [{ ...jwk, kid: id, use: 'sig', alg: 'RS256' }] },
    asked,
    async close() {
      const closed = once(server, 'close')
      server.closeAllConnections()
      server.close()
      await closed
    },
  }
}

interface Desk {
  readonly options: TokenServerOptions
  readonly asked: AskedToken[]
  readonly key: { readonly id: string; readonly secret: KeyObject }
}

async function answer(request: IncomingMessage, desk: Desk): Promise<{ status: number; body: object }> {
  const { method = '' } = request
  const parameters = await parametersOf(request)
  const scopes = parameters.getAll('scope').flatMap((text) => text.split(' '))
  const given = loginOf(request, parameters)
  const known = given === undefined ? undefined : desk.options.users[given.user]
  const isRight = known !== undefined && known.password === given?.password
  const rights = given === undefined ? desk.options.anonymous : isRight ? known.rights : undefined
  const status = rights === undefined ? 401 : 200
  desk.asked.push({ method, user: given?.user, scopes, status })
  if (rights === undefined) return { status, body: { errors: [{ code: 'UNAUTHORIZED' }] } }
  const token = tokenFor(desk, {
    subject: given?.user ?? '',
    access: scopes.flatMap((scope) => granted(scope, rights)),
  })
  return { status, body: { token, access_token: token, expires_in: desk.options.lifetime ?? 300 } }
}

async function parametersOf(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  if (request.method === 'POST') return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
  return new URL(request.url ?? '', 'http://service').searchParams
}

function loginOf(
  { headers }: IncomingMessage,
  parameters: URLSearchParams,
): { user: string; password: string } | undefined {
  const [, encoded] = /^Basic (.+)$/i.exec(headers.authorization ?? '') ?? []
  if (encoded !== undefined) {
    const text = Buffer.from(encoded, 'base64').toString('utf8')
    const colon = text.indexOf(':')
    return { user: text.slice(0, colon), password: text.slice(colon + 1) }
  }
  const [user, password] = [parameters.get('username'), parameters.get('password')]
  return user === null || password === null ? undefined : { user, password }
}

interface Access {
  readonly type: string
  readonly name: string
  readonly actions: readonly string[]
}

function granted(scope: string, rights: Rights): Access[] {
  const [, type = '', name = '', wanted = ''] = /^([^:]+):(.+):([^:]*)$/.exec(scope) ?? []
  const allowed = type === 'repository' ? (rights[name] ?? rights['*'] ?? []) : (rights['*'] ?? [])
  const actions = wanted.split(',').filter((action) => allowed.includes(action) || allowed.includes('*'))
  return actions.length === 0 ? [] : [{ type, name, actions }]
}

function tokenFor(
  { key, options: { lifetime = 300 } }: Desk,
  { subject, access }: { subject: string; access: readonly Access[] },
): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer,
    sub: subject,
    aud: service,
    nbf: now - 5,
    iat: now,
    exp: now + lifetime,
    jti: randomUUID(),
    access,
  }
  const head = { typ: 'JWT', alg: 'RS256', kid: key.id }
  const text = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key.secret).toString('base64url')}`
}

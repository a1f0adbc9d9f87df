import { sha256 } from '../../registry-client.ts'
import type { Answer, Call, Service } from '../message.ts'
import { basicOf, bearerOf, json, specError } from '../message.ts'
import type { Asked } from '../route.ts'
import { askedOf, isDigest } from '../route.ts'
import { parseScopes } from '../ticket.ts'
import type { HarborAccount, HarborWorld } from './world.ts'
import { accountOf, actionsOf, projectOf } from './world.ts'

const seconds = 1800

/** `GET /service/token`. It grants all that the user may do, whatever was asked for. */
export function tokenAnswer(harbor: HarborWorld, call: Call): Answer {
  if (call.method !== 'GET') return { status: 405 }
  const login = basicOf(call)
  const account = accountOf(harbor, login)
  const scopes = parseScopes(call.url.searchParams.getAll('scope'))
  if (account === undefined && (login !== undefined || scopes.length === 0))
    return specError({ status: 401, code: 'UNAUTHORIZED', message: 'unauthorized' })
  const access = scopes.map(({ type, name }) => ({ type, name, actions: actionsOf(harbor, account, name) }))
  const now = Math.floor(Date.now() / 1000)
  const token = harbor.signer.sign({
    iss: 'harbor-token-issuer',
    aud: 'harbor-registry',
    sub: account?.username ?? '',
    exp: now + seconds,
    access,
  })
  harbor.tokens.issue(token, {
    holder: account,
    lifeMs: seconds * 1000,
    scopes: new Map(access.map(({ name, actions }) => [name, new Set(actions)])),
  })
  return json(200, { token, access_token: '', expires_in: seconds, issued_at: new Date().toISOString() })
}

/** `/v2/` of a Harbor. */
export function registryService(harbor: HarborWorld): Service {
  return async (call) => {
    const asked = askedOf(call)
    // Also for what is public, so that clients learn where tokens are.
    if (call.headers.authorization === undefined) return bearerChallenge(call, asked)
    const allowed = allowedActions(harbor, call, asked)
    if (allowed === undefined) return basicChallenge('unauthorized')
    if (asked.kind === 'ping') return harbor.core.answer(call)
    if (asked.kind === 'catalog' && !isAdmin(harbor, call))
      return basicChallenge('unauthorized to list catalog')
    const project = projectOf(asked.repository)
    if (asked.kind !== 'catalog' && !harbor.projects.has(project)) return noProject(project)
    if (asked.kind !== 'catalog' && !allowed.includes(asked.action))
      return basicChallenge(`unauthorized to access repository: ${asked.repository}, action: ${asked.action}`)
    return answer(harbor, call, asked)
  }
}

/** Undefined for a login that is wrong or a token that has ended. */
function allowedActions(
  harbor: HarborWorld,
  call: Call,
  { repository }: Asked,
): readonly string[] | undefined {
  const account = accountOf(harbor, basicOf(call))
  if (account !== undefined) return actionsOf(harbor, account, repository)
  const ticket = harbor.tokens.valid(bearerOf(call))
  return ticket === undefined ? undefined : [...(ticket.scopes?.get(repository) ?? [])]
}

function isAdmin(harbor: HarborWorld, call: Call): boolean {
  const account: HarborAccount | undefined =
    accountOf(harbor, basicOf(call)) ?? harbor.tokens.valid(bearerOf(call))?.holder
  return account?.isAdmin === true
}

async function answer(harbor: HarborWorld, call: Call, asked: Asked): Promise<Answer> {
  const { core, projects } = harbor
  const project = projects.get(projectOf(asked.repository))
  if (project?.isProxyCache === true && asked.action === 'push')
    return specError({ status: 403, code: 'DENIED', message: 'can not push artifact to a proxy project' })
  if (project?.isFull === true && asked.action === 'push')
    return specError({
      status: 403,
      code: 'DENIED',
      message: 'Quota exceeded when processing the request of adding 1.2 KiB of storage resource',
    })
  if (asked.kind === 'tags') return tagList(call, await core.answer(call))
  if (asked.kind !== 'manifest' || asked.action === 'pull') return core.answer(call)
  if (call.method === 'DELETE' && !isDigest(asked.reference))
    return specError({
      status: 400,
      code: 'UNSUPPORTED',
      message: 'deleting by tag is not supported, please use digest',
    })
  const refused = await immutability(harbor, call, asked)
  if (refused !== undefined || call.method !== 'DELETE') return refused ?? core.answer(call)
  return removeWithAccessories(harbor, call, asked)
}

async function immutability(
  { core, projects }: HarborWorld,
  call: Call,
  asked: Asked,
): Promise<Answer | undefined> {
  const rule = projects.get(projectOf(asked.repository))?.immutable
  const held = core.ledger.find(asked.repository, asked.reference)
  const tag = held?.tags.find(
    (one) => rule?.test(one) === true && [one, held.digest].includes(asked.reference),
  )
  if (held === undefined || tag === undefined) return undefined
  if (call.method === 'PUT' && sha256(await call.body()) === held.digest) return undefined
  const message = `Failed to process request due to '${asked.repository}:${tag}' configured as immutable.`
  return specError({ status: 412, code: 'PRECONDITION', message })
}

/** What refers to a manifest goes with it: referrers, and signatures under cosign's old tags. */
async function removeWithAccessories(
  { core }: HarborWorld,
  call: Call,
  { repository, reference }: Asked,
): Promise<Answer> {
  for (const { digest, subject, tags } of [...core.ledger.entries(repository)]) {
    const old = `${reference.replace(':', '-')}.sig`
    if (subject === reference || tags.includes(old)) await core.remove(repository, digest)
  }
  return core.answer(call)
}

// Signatures under cosign's old tags are accessories of what they sign, and `n=0` means none.
function tagList({ url }: Call, reply: Answer): Answer {
  if (reply.status !== 200) return reply
  const list = JSON.parse(Buffer.from(reply.body ?? '').toString('utf8')) as { name: string; tags: string[] }
  const tags =
    url.searchParams.get('n') === '0'
      ? []
      : list.tags.filter((tag) => !/^sha256-[0-9a-f]{64}\.sig$/.test(tag))
  const { link } = reply.headers ?? {}
  return json(200, { name: list.name, tags }, link === undefined ? {} : { link })
}

function bearerChallenge({ url }: Call, { kind, repository, action }: Asked): Answer {
  if (kind === 'catalog') return basicChallenge('unauthorized to list catalog')
  const actions = action === 'push' ? 'pull,push' : action
  const scope = kind === 'ping' ? '' : `,scope="repository:${repository}:${actions}"`
  const realm = `Bearer realm="https://${url.host}/service/token",service="harbor-registry"${scope}`
  return unauthorized('unauthorized', realm)
}

function basicChallenge(message: string): Answer {
  return unauthorized(message, 'Basic realm="harbor"')
}

function noProject(name: string): Answer {
  return unauthorized(`project ${name} not found`, '')
}

function unauthorized(message: string, challenge: string): Answer {
  return specError({ status: 401, code: 'UNAUTHORIZED', message, headers: { 'www-authenticate': challenge } })
}

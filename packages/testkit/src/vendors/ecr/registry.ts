import { sha256 } from '../../registry-client.ts'
import type { BlobOrigin } from '../blob-origin.ts'
import type { Answer, Call, Service } from '../message.ts'
import { basicOf, json, redirect, specError, text } from '../message.ts'
import type { Asked } from '../route.ts'
import { askedOf, isDigest } from '../route.ts'
import type { Aws, EcrRegistry, EcrRepository, Principal } from './world.ts'
import { createRepository, region } from './world.ts'

const pageSize = 1000

/** `/v2/` of a private registry: a password for twelve hours, and no token service. */
export function privateService(aws: Aws, blobs: BlobOrigin): Service {
  return async (call) => {
    const login = basicOf(call)
    const found = login?.username === 'AWS' ? aws.passwords.find(login.password) : undefined
    if (found === undefined) return unauthorized(call)
    if (found.expired) return denied('Your authorization token has expired. Reauthenticate and try again.')
    const asked = askedOf(call)
    const { holder } = found.ticket
    return refusalFor(holder, asked, aws.private) ?? answerIn({ registry: aws.private, blobs }, call, asked)
  }
}

/** Undefined for what the principal may do. */
export function refusalFor(
  { arn, rights }: Principal,
  asked: Asked,
  registry: EcrRegistry,
): Answer | undefined {
  if (asked.kind === 'ping' || rights.includes(asked.action)) return undefined
  const operation = { pull: 'BatchGetImage', push: 'InitiateLayerUpload', delete: 'BatchDeleteImage' }[
    asked.action
  ]
  const resource = `arn:aws:ecr:${region}:${registry.account}:repository/${asked.repository}`
  return denied(
    `User: ${arn} is not authorized to perform: ecr:${operation} on resource: ${resource} because no identity-based policy allows the ecr:${operation} action`,
  )
}

export async function answerIn(
  { registry, blobs }: { registry: EcrRegistry; blobs: BlobOrigin },
  call: Call,
  asked: Asked,
): Promise<Answer> {
  const { core } = registry
  if (asked.kind === 'ping') return core.answer(call)
  if (asked.kind === 'catalog') return json(200, { repositories: [...registry.repositories.keys()] })
  if (asked.kind === 'other') return { status: 405 }
  const found = repositoryFor(registry, asked)
  if (found === undefined) return nameUnknown(registry, asked.repository)
  if (asked.kind === 'tags') return tagPage(registry, call, asked.repository)
  if (asked.kind === 'blob' && call.method === 'GET' && (await core.holds(asked.repository, asked.reference)))
    return redirect(307, blobs.addressOf(asked.repository, asked.reference))
  if (asked.action === 'delete' && asked.kind === 'manifest' && !isDigest(asked.reference))
    return specError({ status: 405, code: 'UNSUPPORTED', message: 'Tags are removed by BatchDeleteImage.' })
  const isPush = asked.kind === 'manifest' && call.method === 'PUT'
  return (isPush ? await immutable(found, registry, { call, asked }) : undefined) ?? upload(registry, call)
}

/** A part of an upload that came is answered as if the whole had been made, and mounts are off. */
async function upload({ core }: EcrRegistry, call: Call): Promise<Answer> {
  const { pathname } = call.url
  const isMount = call.method === 'POST' && call.url.searchParams.has('mount')
  const reply = await core.answer(call, isMount ? pathname : undefined)
  return call.method === 'PATCH' && reply.status === 202 ? { ...reply, status: 201 } : reply
}

function repositoryFor(registry: EcrRegistry, { repository, action }: Asked): EcrRepository | undefined {
  const name = nameOf(registry, repository)
  if (name === undefined) return undefined
  const found = registry.repositories.get(name)
  if (found !== undefined || action !== 'push') return found
  const template = [...registry.createOnPush].some((prefix) => name.startsWith(`${prefix}/`))
  return template ? createRepository(registry, name) : undefined
}

function nameOf({ prefix }: EcrRegistry, repository: string): string | undefined {
  return repository.startsWith(prefix) ? repository.slice(prefix.length) : undefined
}

async function immutable(
  { tagMutability }: EcrRepository,
  { core }: EcrRegistry,
  { call, asked }: { call: Call; asked: Asked },
): Promise<Answer | undefined> {
  const { repository, reference } = asked
  if (tagMutability === 'MUTABLE' || isDigest(reference)) return undefined
  const held = core.ledger.find(repository, reference)
  if (held === undefined) return undefined
  if (sha256(await call.body()) === held.digest) return undefined
  return specError({
    status: 400,
    code: 'TAG_INVALID',
    message: `The image tag '${reference}' already exists in the '${repository}' repository and cannot be overwritten because the repository is immutable.`,
  })
}

// In no order that means anything, a thousand at most, and the next page by an opaque word.
function tagPage({ core }: EcrRegistry, { url }: Call, repository: string): Answer {
  const size = Number(url.searchParams.get('n') ?? pageSize)
  if (size > pageSize)
    return specError({
      status: 405,
      code: 'UNSUPPORTED',
      message: 'Invalid parameter at n: it may be 1000 at most',
    })
  const all = core.ledger.tags(repository).reverse()
  const start = Number(Buffer.from(url.searchParams.get('last') ?? '', 'base64url').toString() || 0)
  const more = start + size < all.length
  const last = Buffer.from(String(start + size)).toString('base64url')
  const link = `</v2/${repository}/tags/list?last=${last}&n=${size}>; rel="next"`
  return json(200, { name: repository, tags: all.slice(start, start + size) }, more ? { link } : {})
}

function nameUnknown(registry: EcrRegistry, repository: string): Answer {
  const name = nameOf(registry, repository) ?? repository
  return specError({
    status: 404,
    code: 'NAME_UNKNOWN',
    message: `The repository with name '${name}' does not exist in the registry with id '${registry.account}'`,
  })
}

function unauthorized({ url }: Call): Answer {
  const reply = text(401, 'Not Authorized\n')
  const realm = `Basic realm="https://${url.host}/",service="ecr.amazonaws.com"`
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': realm } }
}

function denied(message: string): Answer {
  return specError({ status: 403, code: 'DENIED', message })
}

export function tooMany(retryAfter: string): Answer {
  const headers = { 'retry-after': retryAfter }
  return specError({ status: 429, code: 'TOOMANYREQUESTS', message: 'Rate exceeded', headers })
}

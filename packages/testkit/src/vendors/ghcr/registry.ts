import type { BlobOrigin } from '../blob-origin.ts'
import type { Answer, Call, Service } from '../message.ts'
import { bearerOf, json, redirect, specError, without } from '../message.ts'
import type { Asked } from '../route.ts'
import { askedOf, isRead } from '../route.ts'
import { allows } from '../ticket.ts'
import { challenge, directAccount } from './token.ts'
import type { GitHub, GitHubAccount } from './world.ts'
import { maySee, ownerOf, refusalToWrite } from './world.ts'

const pageSize = 100

/** `/v2/` of ghcr.io. */
export function registryService(github: GitHub, blobs: BlobOrigin): Service {
  return async (call) => {
    const asked = askedOf(call)
    const bearer = bearerOf(call)
    const ticket = github.tickets.valid(bearer)
    const account = ticket?.holder ?? (bearer === undefined ? undefined : directAccount(github, bearer))
    if (ticket === undefined && account === undefined) return unauthorized(call, asked, bearer)
    if (asked.kind === 'ping') return github.core.answer(call)
    if (asked.kind === 'catalog') return denied('access to the requested resource is not authorized')
    if (
      ticket !== undefined &&
      !allows(ticket, asked.repository, asked.action === 'delete' ? 'push' : asked.action)
    )
      return unauthorized(call, asked, bearer)
    return refusal(github, account, asked) ?? answer({ github, blobs, account }, call, asked)
  }
}

function refusal(github: GitHub, account: GitHubAccount | undefined, asked: Asked): Answer | undefined {
  if (asked.action === 'delete') {
    return specError({ status: 405, code: 'UNSUPPORTED', message: 'The operation is unsupported.' })
  }
  if (asked.action === 'pull') {
    const visible = maySee(github, account, asked.repository)
    return visible
      ? undefined
      : specError({ status: 404, code: 'NAME_UNKNOWN', message: 'repository name not known to registry' })
  }
  const reason = account === undefined ? 'unauthenticated' : refusalToWrite(github, account, asked.repository)
  return reason === undefined ? undefined : denied(reason)
}

interface Parts {
  readonly github: GitHub
  readonly blobs: BlobOrigin
  readonly account: GitHubAccount | undefined
}

async function answer({ github, blobs, account }: Parts, call: Call, asked: Asked): Promise<Answer> {
  const { core } = github
  if (asked.kind === 'referrers') return redirect(303, packagePage(asked))
  if (asked.kind === 'tags') return tagPage(github, call, asked.repository)
  if (asked.kind === 'blob' && call.method === 'GET' && (await core.holds(asked.repository, asked.reference)))
    return redirect(307, blobs.addressOf(asked.repository, asked.reference))
  const reply = await core.answer(call)
  if (asked.kind !== 'manifest' || reply.status !== 201) return reply
  await register(github, { call, asked, account })
  return without(reply, 'oci-subject')
}

// Nothing tells why, but a referrer is looked for on the page of its package, which does not exist.
function packagePage({ repository, reference }: Asked): string {
  const path = encodeURIComponent(`${repository}/${reference.slice(0, 24)}`)
  return `https://github.com/-/v2/packages/container/package/${path}`
}

function tagPage({ core }: GitHub, { url, method }: Call, repository: string): Answer {
  const all = core.ledger.tags(repository)
  const asked = Number(url.searchParams.get('n') ?? pageSize)
  const size = asked > 0 ? Math.min(asked, pageSize) : pageSize
  const start = all.indexOf(url.searchParams.get('last') ?? '') + 1
  const tags = all.slice(start, start + size)
  const last = tags.at(-1)
  const more = last !== undefined && start + size < all.length
  const link = `</v2/${repository}/tags/list?last=${encodeURIComponent(last ?? '')}&n=0>; rel="next"`
  const reply = json(200, { name: repository, tags }, more ? { link } : {})
  return isRead(method) ? reply : specError({ status: 405, code: 'UNSUPPORTED', message: 'unsupported' })
}

interface Push {
  readonly call: Call
  readonly asked: Asked
  readonly account: GitHubAccount | undefined
}

// A new package is private, and belongs to the repository that its annotation or the workflow's token names.
async function register(github: GitHub, { call, asked, account }: Push): Promise<void> {
  const manifest = JSON.parse((await call.body()).toString('utf8')) as {
    annotations?: Record<string, string>
  }
  const source = manifest.annotations?.['org.opencontainers.image.source'] ?? ''
  const [, named] = /^https:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(source) ?? []
  const known = github.packages.get(asked.repository)
  // A package is linked to a repository of its own owner alone; owners count in any case.
  const isOwn = named?.toLowerCase().startsWith(`${ownerOf(asked.repository)}/`) === true
  const linked = known?.linked ?? (isOwn ? named : account?.repository)
  github.packages.set(asked.repository, { visibility: known?.visibility ?? 'private', linked })
}

function unauthorized(call: Call, { kind, repository, action }: Asked, bearer: string | undefined): Answer {
  const scope =
    kind === 'ping' || kind === 'catalog'
      ? 'repository:user/image:pull'
      : `repository:${repository}:${action === 'pull' ? 'pull' : 'pull,push'}`
  const header = challenge(call, scope, bearer === undefined ? undefined : 'invalid_token')
  const headers = { 'www-authenticate': header }
  return specError({ status: 401, code: 'UNAUTHORIZED', message: 'authentication required', headers })
}

function denied(message: string): Answer {
  return specError({ status: 403, code: 'DENIED', message })
}

import type { Answer, Call, Service } from '../message.ts'
import { basicOf, bearerOf, json, redirect, specError } from '../message.ts'
import type { Asked } from '../route.ts'
import { askedOf, isDigest } from '../route.ts'
import { randomToken } from '../ticket.ts'
import type { Google, GoogleAccount } from './world.ts'
import { keyFileOf, placeOf, seconds } from './world.ts'

/** LOCATION-docker.pkg.dev: `/v2/`, its token service, and its own downloads. */
export function registryService(google: Google): Service {
  const downloads = new Map<string, string>()

  async function answer(call: Call, asked: Asked): Promise<Answer> {
    const { repository, reference } = asked
    if (asked.kind === 'tags') return tagList(google, repository)
    if (asked.kind === 'blob' && call.method === 'GET' && (await google.core.holds(repository, reference))) {
      const opaque = randomToken('AF', 30)
      downloads.set(opaque, `/v2/${repository}/blobs/${reference}`)
      const place = placeOf(repository)
      return redirect(
        302,
        `/artifacts-downloads/namespaces/${place.project}/repositories/${place.repository}/downloads/${opaque}`,
      )
    }
    return manifestRule(google, asked, call.method) ?? google.core.answer(call)
  }

  return async (call) => {
    const { pathname } = call.url
    if (pathname === '/v2/token') return token(google, call)
    if (pathname.startsWith('/artifacts-downloads/')) {
      const path = downloads.get(pathname.slice(pathname.lastIndexOf('/') + 1))
      // With an Authorization or without.
      return path === undefined ? json(404, {}) : google.core.answer(call, path)
    }
    const asked = askedOf(call)
    const bearer = bearerOf(call)
    const account =
      google.registryTokens.valid(bearer)?.holder ??
      google.accessTokens.valid(bearer)?.holder ??
      accountOf(google, call)
    if (account === undefined) return unauthorized(call, asked)
    if (asked.kind === 'ping') return google.core.answer(call)
    return refusal(google, account, asked) ?? answer(call, asked)
  }
}

function token(google: Google, call: Call): Answer {
  const account = accountOf(google, call)
  if (account === undefined)
    return specError({ status: 401, code: 'UNAUTHORIZED', message: 'authentication failed' })
  const value = google.registryTokens.issue(randomToken('AJAD5v', 40), {
    holder: account,
    lifeMs: seconds * 1000,
  })
  return json(200, { token: value, expires_in: seconds, issued_at: new Date().toISOString() })
}

/** By a key file or an access token; what stands after the first colon is all of it. */
function accountOf(google: Google, call: Call): GoogleAccount | undefined {
  const { username = '', password = '' } = basicOf(call) ?? {}
  const key = username === '_json_key_base64' ? Buffer.from(password, 'base64').toString('utf8') : password
  if (username === '_json_key' || username === '_json_key_base64')
    return google.accounts.find((one) => sameJson(keyFileOf(google, one), key))
  if (username === 'oauth2accesstoken' || username === '_token' || /^_dcgcr_.*_token$/.test(username))
    return google.accessTokens.valid(password)?.holder
  return undefined
}

function sameJson(known: string, given: string): boolean {
  try {
    return JSON.stringify(JSON.parse(known)) === JSON.stringify(JSON.parse(given))
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function refusal(
  google: Google,
  { role }: GoogleAccount,
  { repository: path, action }: Asked,
): Answer | undefined {
  const { project, repository } = placeOf(path)
  const known = project === google.project
  const name = { pull: 'downloadArtifacts', push: 'uploadArtifacts', delete: 'deleteArtifacts' }[action]
  if (!known || (role === 'reader' && action !== 'pull')) {
    const resource = `projects/${project}/locations/${google.location}/repositories/${repository}`
    return specError({
      status: 403,
      code: 'DENIED',
      message: `Permission "artifactregistry.repositories.${name}" denied on resource "${resource}" (or it may not exist)`,
    })
  }
  if (google.repositories.get(repository)?.format === 'DOCKER') return undefined
  return specError({ status: 404, code: 'NAME_UNKNOWN', message: `Repository "${repository}" not found` })
}

function manifestRule(
  google: Google,
  { kind, repository, reference, action }: Asked,
  method: string,
): Answer | undefined {
  if (kind !== 'manifest') return undefined
  const immutable = google.repositories.get(placeOf(repository).repository)?.immutableTags === true
  const held = google.core.ledger.find(repository, reference)
  if (immutable && !isDigest(reference) && held !== undefined && method !== 'GET' && method !== 'HEAD')
    return specError({
      status: 400,
      code: 'DENIED',
      message: `cannot change tag ${reference}: tags are immutable`,
    })
  const [tag] = held?.tags ?? []
  if (action !== 'delete' || !isDigest(reference) || tag === undefined) return undefined
  return specError({
    status: 400,
    code: 'GOOGLE_MANIFEST_DANGLING_TAG',
    message: `Manifest is still referenced by tag: ${tag}`,
  })
}

// All at once, with the dates that others keep for themselves.
function tagList({ core }: Google, repository: string): Answer {
  const entries = core.ledger.entries(repository)
  if (entries.length === 0)
    return specError({ status: 404, code: 'NAME_UNKNOWN', message: `Requested entity was not found.` })
  const manifest = Object.fromEntries(
    entries.map(({ digest, tags, mediaType, pushedAt, totalSize }) => [
      digest,
      {
        tag: tags,
        mediaType,
        timeUploadedMs: String(pushedAt),
        timeCreatedMs: String(pushedAt),
        imageSizeBytes: String(totalSize),
      },
    ]),
  )
  return json(200, { name: repository, tags: core.ledger.tags(repository).sort(), manifest, child: [] })
}

function unauthorized({ url, headers }: Call, { kind, repository, action }: Asked): Answer {
  const scope =
    kind === 'ping' ? '' : `,scope="repository:${repository}:${action === 'pull' ? 'pull' : 'push,pull'}"`
  const error = headers.authorization === undefined ? '' : ',error="invalid_token"'
  return specError({
    status: 401,
    code: 'UNAUTHORIZED',
    message:
      'Unauthenticated request. Unauthenticated requests do not have permission on the resource (or it may not exist).',
    headers: {
      'www-authenticate': `Bearer realm="https://${url.host}/v2/token",service="${url.host}"${scope}${error}`,
    },
  })
}

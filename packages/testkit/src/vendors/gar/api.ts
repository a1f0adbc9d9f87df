import type { Entry } from '../ledger.ts'
import type { Answer, Call, Service } from '../message.ts'
import { bearerOf, json, jsonOf, textOf } from '../message.ts'
import type { GarRepository, Google } from './world.ts'

/** artifactregistry.googleapis.com, version 1. What takes time is an operation that is asked for again. */
export function apiService(google: Google): Service {
  const operations = new Map<string, { asked: number; response: object }>()
  const base = `projects/${google.project}/locations/${google.location}`

  function operation(response: object): Answer {
    const name = `${base}/operations/op-${operations.size + 1}`
    operations.set(name, { asked: 0, response })
    return json(200, { name, metadata: {} })
  }

  async function create(call: Call): Promise<Answer> {
    const name = call.url.searchParams.get('repositoryId') ?? ''
    const given = await jsonOf(call)
    if (google.repositories.has(name)) return failure(409, 'ALREADY_EXISTS', 'the repository already exists')
    const docker = given['dockerConfig'] as { immutableTags?: boolean } | undefined
    const made: GarRepository = {
      format: textOf(given, 'format') === 'DOCKER' ? 'DOCKER' : 'PYTHON',
      immutableTags: docker?.immutableTags === true,
      createdAt: Date.now(),
    }
    google.repositories.set(name, made)
    return operation(describe(base, name, made))
  }

  async function inRepository(call: Call, name: string, rest: string): Promise<Answer> {
    const found = google.repositories.get(name)
    if (found === undefined)
      return failure(404, 'NOT_FOUND', `Repository "${base}/repositories/${name}" not found`)
    if (rest === '') return json(200, describe(base, name, found))
    const prefix = `${google.project}/${name}/`
    const images = google.core.ledger.repositories().filter((path) => path.startsWith(prefix))
    if (rest === '/dockerImages')
      return json(200, {
        dockerImages: images.flatMap((path) =>
          google.core.ledger.entries(path).map((one) => imageOf(base, one)),
        ),
      })
    const [, image, noun, id] = /^\/packages\/([^/]+)(?:\/(versions|tags)(?:\/(.+))?)?$/.exec(rest) ?? []
    const path = prefix + decodeURIComponent(image ?? '')
    if (!images.includes(path)) return failure(404, 'NOT_FOUND', 'Requested entity was not found.')
    if (call.method === 'DELETE') return remove(call, path, { noun, id: decodeURIComponent(id ?? '') })
    const parent = `${base}/repositories/${name}/packages/${image}`
    const entries = google.core.ledger.entries(path)
    if (noun === 'tags')
      return json(200, {
        tags: entries.flatMap(({ tags, digest }) =>
          tags.map((tag) => ({ name: `${parent}/tags/${tag}`, version: `${parent}/versions/${digest}` })),
        ),
      })
    return json(200, { versions: entries.map((one) => versionOf(parent, one)) })
  }

  async function remove(
    call: Call,
    path: string,
    { noun, id }: { noun: string | undefined; id: string },
  ): Promise<Answer> {
    const found = google.core.ledger.find(path, id)
    if (found === undefined) return failure(404, 'NOT_FOUND', 'Requested entity was not found.')
    if (noun === 'versions' && found.tags.length > 0 && call.url.searchParams.get('force') !== 'true')
      return failure(400, 'FAILED_PRECONDITION', `Cannot delete version because it is tagged.`)
    await google.core.remove(path, id)
    return noun === 'tags' ? json(200, {}) : operation({})
  }

  return async (call) => {
    const account = google.accessTokens.valid(bearerOf(call))?.holder
    if (account === undefined)
      return failure(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')
    const path = call.url.pathname.replace(/^\/v1\//, '')
    const pending = operations.get(path)
    if (pending !== undefined) {
      const done = pending.asked++ > 0
      return json(200, done ? { name: path, done, response: pending.response } : { name: path })
    }
    const [, name, rest = ''] = new RegExp(`^${base}/repositories(?:/([^/]+)(/.*)?)?$`).exec(path) ?? []
    if (call.method !== 'GET' && account.role === 'reader')
      return failure(
        403,
        'PERMISSION_DENIED',
        `Permission denied on resource "${base}" (or it may not exist).`,
      )
    if (name !== undefined) return inRepository(call, name, rest)
    if (path !== `${base}/repositories`)
      return failure(403, 'PERMISSION_DENIED', 'Permission denied (or it may not exist).')
    return call.method === 'POST'
      ? create(call)
      : json(200, {
          repositories: [...google.repositories].map(([one, found]) => describe(base, one, found)),
        })
  }
}

function describe(base: string, name: string, { format, immutableTags, createdAt }: GarRepository): object {
  return {
    name: `${base}/repositories/${name}`,
    format,
    mode: 'STANDARD_REPOSITORY',
    createTime: new Date(createdAt).toISOString(),
    ...(format === 'DOCKER' ? { dockerConfig: { immutableTags } } : {}),
  }
}

function versionOf(parent: string, { digest, tags, pushedAt }: Entry): object {
  const at = new Date(pushedAt).toISOString()
  return {
    name: `${parent}/versions/${digest}`,
    createTime: at,
    updateTime: at,
    relatedTags: tags.map((tag) => ({
      name: `${parent}/tags/${tag}`,
      version: `${parent}/versions/${digest}`,
    })),
  }
}

function imageOf(base: string, { repository, digest, tags, totalSize, mediaType, pushedAt }: Entry): object {
  const at = new Date(pushedAt).toISOString()
  return {
    name: `${base}/dockerImages/${encodeURIComponent(`${repository}@${digest}`)}`,
    uri: `${repository}@${digest}`,
    tags,
    imageSizeBytes: String(totalSize),
    uploadTime: at,
    updateTime: at,
    mediaType,
  }
}

function failure(code: number, status: string, message: string): Answer {
  return json(code, { error: { code, message, status } })
}

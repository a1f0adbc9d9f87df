import { isDigest } from '@chartroom/oci'
import type { StoreRepository } from '@chartroom/store'
import { isTag } from '@chartroom/store'
import { fault } from '../error.ts'
import { limits } from '../limits.ts'
import type { Answer, RegistryRequest, Reply } from '../message.ts'

/** GET and HEAD of `/v2/<name>/manifests/<tag-or-digest>`. */
export function manifestGet(
  request: RegistryRequest,
  repository: StoreRepository,
  reference: string,
): Answer {
  const found = repository.findManifest(reference)
  if (found === undefined) return manifestUnknown(repository.name, reference)
  const headers = {
    'content-type': found.mediaType,
    'content-length': String(found.size),
    'docker-content-digest': found.digest,
    etag: `"${found.digest}"`,
  }
  if (request.header('if-none-match') === headers.etag)
    return { status: 304, headers: { etag: headers.etag } }
  if (request.method === 'HEAD') return { status: 200, headers }
  const recent = repository.recentManifest(found.digest)
  if (recent !== undefined) return { status: 200, headers, body: recent }
  return repository.readManifest(found.digest).then((body) => ({ status: 200, headers, body }))
}

/** PUT by tag, or by digest with any number of `tag` parameters. */
export async function manifestPut(
  request: RegistryRequest,
  repository: StoreRepository,
  reference: string,
): Promise<Reply> {
  const byDigest = isDigest(reference)
  const tags = byDigest ? request.query.getAll('tag') : [reference]
  if (tags.length > limits.tagsPerPush) return tooManyTags()
  const bad = tags.find((tag) => !isTag(tag))
  if (bad !== undefined) return badReference(bad)
  const mediaType = (request.header('content-type') ?? '').replace(/\s*;.*$/s, '').trim()
  const bytes = await readBody(request, repository.manifestBytes)
  if (bytes === undefined) return tooLarge(repository.manifestBytes)
  const { digest, subject } = await repository.putManifest({
    bytes,
    mediaType,
    digest: byDigest ? reference : undefined,
    tags,
  })
  const headers = {
    location: `/v2/${repository.name}/manifests/${digest}`,
    'docker-content-digest': digest,
    'content-length': '0',
    ...(subject === undefined ? {} : { 'oci-subject': subject }),
    ...(byDigest && tags.length > 0 ? { 'oci-tag': tags.join(', ') } : {}),
  }
  return { status: 201, headers }
}

/** DELETE by digest, with all its tags, or of one tag alone. */
export async function manifestDelete(repository: StoreRepository, reference: string): Promise<Reply> {
  if (isDigest(reference)) await repository.deleteManifest(reference)
  else await repository.deleteTag(reference)
  return { status: 202, headers: { 'content-length': '0' } }
}

async function readBody(request: RegistryRequest, max: number): Promise<Uint8Array | undefined> {
  if (Number(request.header('content-length') ?? 0) > max) return undefined
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.length
    if (size > max) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function manifestUnknown(name: string, reference: string): Reply {
  return fault({ status: 404, code: 'MANIFEST_UNKNOWN', message: `${name} does not hold ${reference}` })
}

function badReference(reference: string): Reply {
  const code = reference.includes(':') ? 'DIGEST_INVALID' : 'MANIFEST_INVALID'
  return fault({ status: 400, code, message: `${reference} is neither a tag nor a digest` })
}

function tooManyTags(): Reply {
  return fault({
    status: 414,
    code: 'MANIFEST_INVALID',
    message: `more than ${limits.tagsPerPush} tags at once`,
  })
}

function tooLarge(max: number): Reply {
  return fault({ status: 413, code: 'SIZE_INVALID', message: `a manifest may have ${max} bytes` })
}

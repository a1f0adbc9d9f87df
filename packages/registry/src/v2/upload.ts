import type { Digest } from '@chartroom/oci'
import { isDigest } from '@chartroom/oci'
import type { Store, StoreRepository, Upload } from '@chartroom/store'
import { isRepositoryName } from '@chartroom/store'
import type { Caller } from '../access/caller.ts'
import { fault } from '../error.ts'
import type { RegistryRequest, Reply } from '../message.ts'
import { parseContentRange } from '../range.ts'

export interface UploadContext {
  readonly store: Store
  readonly repository: StoreRepository
  readonly request: RegistryRequest
  readonly caller: Caller
}

/** POST `/v2/<name>/blobs/uploads/`: a session, a mount, or the whole blob at once. */
export async function uploadPost(context: UploadContext): Promise<Reply> {
  const { query } = context.request
  const mount = query.get('mount')
  if (mount !== null) return uploadMount(context, mount, query.get('from'))
  const digest = query.get('digest')
  if (digest !== null) return uploadAtOnce(context, digest)
  const algorithm = query.get('digest-algorithm') ?? 'sha256'
  if (algorithm !== 'sha256' && algorithm !== 'sha512') return badDigest(`${algorithm} is not supported`)
  return accepted(context.repository.startUpload(algorithm), 'POST')
}

/** PATCH: one chunk, or a stream without a range. */
export async function uploadPatch(context: UploadContext, id: string): Promise<Reply> {
  const upload = context.repository.findUpload(id)
  if (upload === undefined) return unknownUpload(id)
  const refused = await receive(context.request, upload)
  return refused ?? accepted(upload, 'PATCH')
}

/** PUT: the last chunk, if any, and the digest of the whole. */
export async function uploadPut(context: UploadContext, id: string): Promise<Reply> {
  const upload = context.repository.findUpload(id)
  if (upload === undefined) return unknownUpload(id)
  const digest = context.request.query.get('digest') ?? ''
  if (!isDigest(digest)) return badDigest(`${JSON.stringify(digest)} is not a digest`)
  const refused = await receive(context.request, upload)
  return refused ?? finished(context.repository, upload, digest)
}

export function uploadGet(repository: StoreRepository, id: string): Reply {
  const upload = repository.findUpload(id)
  return upload === undefined ? unknownUpload(id) : { status: 204, headers: uploadHeaders(upload) }
}

export async function uploadDelete(repository: StoreRepository, id: string): Promise<Reply> {
  const upload = repository.findUpload(id)
  if (upload === undefined) return unknownUpload(id)
  await upload.cancel()
  return { status: 204, headers: {} }
}

async function uploadAtOnce({ repository, request }: UploadContext, digest: string): Promise<Reply> {
  if (!isDigest(digest)) return badDigest(`${JSON.stringify(digest)} is not a digest`)
  const upload = repository.startUpload(digest.startsWith('sha512:') ? 'sha512' : 'sha256')
  try {
    await upload.append(request.body)
  } catch (error) {
    await upload.cancel()
    throw error
  }
  return finished(repository, upload, digest)
}

// Without `from`, any repository that the caller may read will do; one that he may not holds nothing.
async function uploadMount(
  { store, repository, caller }: UploadContext,
  digest: string,
  from: string | null,
): Promise<Reply> {
  if (!isDigest(digest)) return badDigest(`${JSON.stringify(digest)} is not a digest`)
  const mayRead = (name: string): boolean => caller.may('pull', name)
  const source =
    from === null
      ? await store.findHolder(digest, mayRead)
      : isRepositoryName(from) && mayRead(from)
        ? store.repository(from)
        : undefined
  if (source !== undefined && (await repository.mount(digest, source))) return created(repository, digest)
  return accepted(repository.startUpload(digest.startsWith('sha512:') ? 'sha512' : 'sha256'), 'POST')
}

async function receive(request: RegistryRequest, upload: Upload): Promise<Reply | undefined> {
  const header = request.header('content-range')
  const range = header === undefined ? undefined : parseContentRange(header)
  if (header !== undefined && range === undefined) {
    return fault({ status: 400, code: 'BLOB_UPLOAD_INVALID', message: `${header} is not a range` })
  }
  if (range !== undefined && !lengthFits(request, range.end - range.start + 1)) {
    return fault({ status: 400, code: 'SIZE_INVALID', message: 'Content-Length and Content-Range differ' })
  }
  await upload.append(request.body, range?.start)
  return undefined
}

function lengthFits(request: RegistryRequest, length: number): boolean {
  const header = request.header('content-length')
  return header === undefined || Number(header) === length
}

async function finished(repository: StoreRepository, upload: Upload, digest: Digest): Promise<Reply> {
  await repository.finishUpload(upload, digest)
  return created(repository, digest)
}

function created(repository: StoreRepository, digest: Digest): Reply {
  const location = `/v2/${repository.name}/blobs/${digest}`
  return { status: 201, headers: { location, 'docker-content-digest': digest, 'content-length': '0' } }
}

function accepted(upload: Upload, method: 'POST' | 'PATCH'): Reply {
  const headers = uploadHeaders(upload)
  if (method === 'POST') return { status: 202, headers: { ...headers, range: '0-0', 'content-length': '0' } }
  return { status: 202, headers: { ...headers, 'content-length': '0' } }
}

// The specification knows no way to say "nothing yet"; clients expect 0-0 then.
function uploadHeaders(upload: Upload): Record<string, string> {
  return {
    location: `/v2/${upload.repository}/blobs/uploads/${upload.id}`,
    'docker-upload-uuid': upload.id,
    range: `0-${Math.max(0, upload.offset - 1)}`,
  }
}

function unknownUpload(id: string): Reply {
  return fault({ status: 404, code: 'BLOB_UPLOAD_UNKNOWN', message: `no upload ${id} is under way here` })
}

function badDigest(message: string): Reply {
  return fault({ status: 400, code: 'DIGEST_INVALID', message })
}

import { isDigest } from '@chartroom/oci'
import type { Store, StoreRepository } from '@chartroom/store'
import { isRepositoryName } from '@chartroom/store'
import type { Caller } from '../access/caller.ts'
import type { Faults } from '../error.ts'
import { fault, faultOf, isOurs } from '../error.ts'
import { guarded } from '../guard.ts'
import type { Answer, RegistryRequest, Reply } from '../message.ts'
import { blobDelete, blobGet } from './blob.ts'
import { catalogGet } from './catalog.ts'
import { manifestDelete, manifestGet, manifestPut } from './manifest.ts'
import { referrersGet } from './referrers.ts'
import { refusal, rightFor } from './right.ts'
import type { NamedRoute, Route } from './route.ts'
import { parseRoute } from './route.ts'
import type { TagAnswers } from './tags.ts'
import { tagsGet } from './tags.ts'
import type { UploadContext } from './upload.ts'
import { uploadDelete, uploadGet, uploadPatch, uploadPost, uploadPut } from './upload.ts'

/** Everything below `/v2/` (OCI distribution-spec 1.1) over one store, as far as the caller may go. */
export class V2 {
  readonly #store: Store
  readonly #report: (error: unknown) => void
  readonly #tagAnswers: TagAnswers = new WeakMap()

  /** `report` is told of failures that are not the client's. */
  constructor(store: Store, report: (error: unknown) => void) {
    this.#store = store
    this.#report = report
  }

  handle(request: RegistryRequest, caller: Caller): Answer {
    const route = parseRoute(request.path)
    if (route === undefined)
      return fault({ status: 404, code: 'NAME_UNKNOWN', message: 'there is no such path' })
    return guarded(
      () => this.#answer(request, caller, route) ?? notAllowed(request.method),
      (error) => this.#failed(error, request.method, route),
    )
  }

  #answer(request: RegistryRequest, caller: Caller, route: Route): Answer | undefined {
    const { method } = request
    if (route.kind === 'ping') return isRead(method) ? pong : undefined
    if (route.kind === 'catalog') return isRead(method) ? catalogGet(request, this.#store, caller) : undefined
    const { name } = route
    if (!isRepositoryName(name)) return badName(name)
    const right = rightFor(method, route)
    if (caller.may(right, name))
      return this.#answerIn(this.#store.repository(name), { request, caller, route })
    return (
      refusal(caller, right, name) ??
      this.#answerIn(this.#store.emptyRepository(name), { request, caller, route })
    )
  }

  #answerIn(repository: StoreRepository, { request, caller, route }: Asked): Answer | undefined {
    const context = { store: this.#store, repository, request, caller }
    switch (route.kind) {
      case 'tags':
        return isRead(request.method) ? tagsGet(request, repository, this.#tagAnswers) : undefined
      case 'manifest':
        return manifestAnswer(request, repository, route.reference)
      case 'referrers':
        return referrersAnswer(request, repository, route.digest)
      case 'blob':
        return blobAnswer(request, repository, route.digest)
      case 'uploads':
        return request.method === 'POST' ? uploadPost(context) : undefined
      case 'upload':
        return uploadAnswer(context, route.id)
    }
  }

  #failed(error: unknown, method: string, route: Route): Reply {
    const reply = faultOf(error, faultsOf(method, route))
    if (isOurs(reply)) this.#report(error)
    return reply
  }
}

interface Asked {
  readonly request: RegistryRequest
  readonly caller: Caller
  readonly route: NamedRoute
}

const pong: Reply = {
  status: 200,
  // Docker looks for this header before it takes the server for a registry.
  headers: {
    'content-type': 'application/json',
    'content-length': '2',
    'docker-distribution-api-version': 'registry/2.0',
  },
  body: Buffer.from('{}'),
}

function manifestAnswer(
  request: RegistryRequest,
  repository: StoreRepository,
  reference: string,
): Answer | undefined {
  const { method } = request
  if (reference.includes(':') && !isDigest(reference)) return badDigest(reference)
  if (isRead(method)) return manifestGet(request, repository, reference)
  if (method === 'PUT') return manifestPut(request, repository, reference)
  if (method === 'DELETE') return manifestDelete(repository, reference)
  return undefined
}

function referrersAnswer(
  request: RegistryRequest,
  repository: StoreRepository,
  digest: string,
): Answer | undefined {
  if (!isDigest(digest)) return badDigest(digest)
  return isRead(request.method) ? referrersGet(request, repository, digest) : undefined
}

function blobAnswer(
  request: RegistryRequest,
  repository: StoreRepository,
  digest: string,
): Answer | undefined {
  const { method } = request
  if (!isDigest(digest)) return badDigest(digest)
  if (isRead(method)) return blobGet(request, repository, digest)
  if (method === 'DELETE') return blobDelete(repository, digest)
  return undefined
}

function uploadAnswer(context: UploadContext, id: string): Answer | undefined {
  switch (context.request.method) {
    case 'PATCH':
      return uploadPatch(context, id)
    case 'PUT':
      return uploadPut(context, id)
    case 'GET':
      return uploadGet(context.repository, id)
    case 'DELETE':
      return uploadDelete(context.repository, id)
    default:
      return undefined
  }
}

function faultsOf(method: string, { kind }: Route): Faults {
  if (kind !== 'manifest') return { NOT_FOUND: { status: 404, code: 'BLOB_UNKNOWN' } }
  // What a pushed manifest lacks is a part of it.
  if (method === 'PUT') return { NOT_FOUND: { status: 400, code: 'MANIFEST_BLOB_UNKNOWN' } }
  return { NOT_FOUND: { status: 404, code: 'MANIFEST_UNKNOWN' } }
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function badName(name: string): Reply {
  return fault({ status: 400, code: 'NAME_INVALID', message: `${name} is not a repository name` })
}

function badDigest(digest: string): Reply {
  return fault({ status: 400, code: 'DIGEST_INVALID', message: `${digest} is not a digest` })
}

function notAllowed(method: string): Reply {
  return fault({ status: 405, code: 'UNSUPPORTED', message: `${method} is not supported here` })
}

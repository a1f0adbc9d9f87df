import type { Store } from '@chartroom/store'
import { isRepositoryName } from '@chartroom/store'
import type { Caller } from '../access/caller.ts'
import { fault, faultOf, isOurs } from '../error.ts'
import { guarded } from '../guard.ts'
import { limits } from '../limits.ts'
import type { Answer, RegistryRequest, Reply } from '../message.ts'
import { sendBlob } from '../v2/blob.ts'
import type { NamespaceIndex } from './namespace.ts'
import { Namespace } from './namespace.ts'
import { parseHelmPath } from './path.ts'

/** `/helm/<namespace>/`: each path of repositories as a classic repository, of the charts the caller may read. */
export class Helm {
  readonly #store: Store
  readonly #report: (error: unknown) => void
  readonly #namespaces = new Map<string, Namespace>()

  /** `report` is told of failures that are not the client's. */
  constructor(store: Store, report: (error: unknown) => void) {
    this.#store = store
    this.#report = report
  }

  handle(request: RegistryRequest, caller: Caller): Answer {
    return guarded(
      () => this.#answer(request, caller),
      (error) => this.#failed(error),
    )
  }

  #answer(request: RegistryRequest, caller: Caller): Answer {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed
    const nothing = caller.challenge ?? absent
    const path = parseHelmPath(request.path)
    if (path === undefined) return nothing
    const namespace = this.#namespace(path.namespace)
    if (namespace === undefined) return nothing
    const index = namespace.index(caller)
    const answer = (ready: NamespaceIndex | undefined): Answer =>
      ready === undefined ? nothing : (reply(request, ready, path.file) ?? nothing)
    return index instanceof Promise ? index.then(answer) : answer(index)
  }

  // Only what somebody pushed to has an index, so that a mistyped address is not an empty repository.
  #namespace(name: string): Namespace | undefined {
    const known = this.#namespaces.get(name)
    if (known !== undefined) return known
    if (name !== '' && (!isRepositoryName(name) || !this.#store.repository(name).isKnown())) return undefined
    const made = new Namespace(this.#store, name)
    this.#namespaces.set(name, made)
    const [oldest] = this.#namespaces.keys()
    if (this.#namespaces.size > limits.namespaces && oldest !== undefined) this.#namespaces.delete(oldest)
    return made
  }

  #failed(error: unknown): Reply {
    const answer = faultOf(error, { NOT_FOUND: { status: 404, code: 'BLOB_UNKNOWN' } })
    if (isOurs(answer)) this.#report(error)
    return answer
  }
}

/** Undefined for a file that is not there. */
function reply(request: RegistryRequest, index: NamespaceIndex, file: string): Answer | undefined {
  if (file === 'index.yaml') return indexReply(request, index)
  const signed = file.endsWith('.prov')
  const chart = index.files.get(signed ? file.slice(0, -'.prov'.length) : file)
  const digest = signed ? chart?.provenance : chart?.content
  if (chart === undefined || digest === undefined) return undefined
  const headers = {
    'content-type': signed ? 'text/plain; charset=utf-8' : 'application/gzip',
    etag: `"${digest}"`,
  }
  if (isKnown(request, headers.etag)) return { status: 304, headers: { etag: headers.etag } }
  return sendBlob({ request, repository: chart.repository, digest, headers })
}

function indexReply(request: RegistryRequest, index: NamespaceIndex): Reply {
  const zipped = /(?:^|,)\s*(?:gzip|\*)\s*(?:,|$|;\s*q=(?:1|0\.0*[1-9]))/i.test(
    request.header('accept-encoding') ?? '',
  )
  const etag = zipped ? `"${index.tag}-gzip"` : `"${index.tag}"`
  const common = { etag, vary: 'Accept-Encoding', 'cache-control': 'no-cache' }
  if (isKnown(request, `"${index.tag}"`, `"${index.tag}-gzip"`)) return { status: 304, headers: common }
  const body = zipped ? index.gzip : index.yaml
  const headers = {
    ...common,
    'content-type': 'application/yaml',
    'content-length': String(body.length),
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
  }
  return { status: 200, headers, body: request.method === 'HEAD' ? undefined : body }
}

function isKnown(request: RegistryRequest, ...etags: readonly string[]): boolean {
  const known = request.header('if-none-match')
  if (known === undefined) return false
  return (
    known.trim() === '*' || known.split(',').some((one) => etags.includes(one.trim().replace(/^W\//, '')))
  )
}

const absent: Reply = fault({
  status: 404,
  code: 'NAME_UNKNOWN',
  message: 'there is no such chart repository or file',
})

const notAllowed: Reply = fault({
  status: 405,
  code: 'UNSUPPORTED',
  message: 'charts are pushed to /v2, not to /helm',
  headers: { allow: 'GET, HEAD' },
})

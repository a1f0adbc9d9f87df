import type { Answer } from './answer.ts'
import { invalid, notFound, problem } from './answer.ts'
import type { Call } from './call.ts'
import type { StoredAsset, StoredRelease } from './release.ts'
import { closed } from './releases.ts'
import { assetView } from './view.ts'

const page = '/releases/assets'

export function listAssets({ store, view }: Call, releaseId: number): Answer {
  const release = store.releases.find(({ id }) => id === releaseId)
  if (release === undefined) return notFound(`${page}#list-release-assets`)
  return { status: 200, body: release.assets.map((asset) => assetView(asset, release, view)) }
}

/** JSON, or with `accept: application/octet-stream` the way to the bytes, which lie at another origin. */
export function getAsset(call: Call, id: number): Answer {
  const found = find(call, id)
  if (found === undefined) return notFound(`${page}#get-a-release-asset`)
  if (call.headers.accept !== 'application/octet-stream')
    return { status: 200, body: assetView(found.asset, found.release, call.view) }
  return { status: 302, headers: { location: `${call.storageUrl}/${id}?signature=once` } }
}

export function deleteAsset(call: Call, id: number): Answer {
  const found = find(call, id)
  if (found === undefined) return notFound(`${page}#delete-a-release-asset`)
  if (found.release.immutable) return closed(`${page}#delete-a-release-asset`)
  found.release.assets.splice(found.release.assets.indexOf(found.asset), 1)
  return { status: 204 }
}

/** `POST` to the uploads address. A `half` upload leaves a starter behind, as a cut connection does. */
export function uploadAsset(call: Call, releaseId: number, half: boolean): Answer {
  const { store, query, headers, bytes, view } = call
  const document = `${page}#upload-a-release-asset`
  const release = store.releases.find(({ id }) => id === releaseId)
  if (release === undefined) return notFound(document)
  if (release.immutable) return closed(document)
  const name = storedName(query.get('name') ?? '')
  if (name === '')
    return invalid(document, { resource: 'ReleaseAsset', code: 'missing_field', field: 'name' })
  if (headers['content-length'] === undefined) return problem(411, 'Length Required', document)
  if (bytes.length === 0) return problem(400, 'Bad Content-Length', document)
  // A starter takes the name, too.
  if (release.assets.some((asset) => asset.name === name))
    return invalid(document, { resource: 'ReleaseAsset', code: 'already_exists', field: 'name' })
  const asset = store.addAsset(release, name, {
    label: query.get('label'),
    state: half ? 'starter' : 'uploaded',
    contentType: headers['content-type'] ?? 'application/octet-stream',
    bytes: half ? bytes.subarray(0, bytes.length >> 1) : bytes,
  })
  return { status: 201, body: assetView(asset, release, view) }
}

/** GitHub renames files: what is neither letter, digit, `.`, `_`, `-` nor `+` becomes a period. */
function storedName(name: string): string {
  return name.replace(/[^\w.+-]/g, '.').replace(/^\.+|\.+$/g, '')
}

function find({ store }: Call, id: number): { release: StoredRelease; asset: StoredAsset } | undefined {
  for (const release of store.releases) {
    const asset = release.assets.find((one) => one.id === id)
    if (asset !== undefined) return { release, asset }
  }
  return undefined
}

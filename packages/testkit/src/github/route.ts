import type { Answer } from './answer.ts'
import { notFound } from './answer.ts'
import { deleteAsset, getAsset, listAssets, uploadAsset } from './assets.ts'
import type { Call } from './call.ts'
import {
  createRelease,
  deleteRelease,
  listReleases,
  releaseByTag,
  tagReference,
  updateRelease,
} from './releases.ts'

/** Whether a request changes something, as far as its method tells. */
export function writes(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** Answers one request of the releases interface; `half` ends an upload in its middle. */
export function answerCall(call: Call, half: boolean): Answer {
  const rest = restOf(call)
  if (rest === undefined) return notFound('')
  const [, tag] = /^\/releases\/tags\/(.+)$/.exec(rest) ?? []
  const [, ref] = /^\/git\/ref\/tags\/(.+)$/.exec(rest) ?? []
  const [, assetId] = /^\/releases\/assets\/(\d+)$/.exec(rest) ?? []
  const [, releaseId, assets] = /^\/releases\/(\d+)(\/assets)?$/.exec(rest) ?? []
  switch (`${call.method} ${kindOf({ rest, tag, ref, assetId, releaseId, assets })}`) {
    case 'GET releases':
      return listReleases(call)
    case 'POST releases':
      return createRelease(call)
    case 'GET tag':
      return releaseByTag(call, tag ?? '')
    case 'GET ref':
      return tagReference(call, ref ?? '')
    case 'PATCH release':
      return updateRelease(call, Number(releaseId))
    case 'DELETE release':
      return deleteRelease(call, Number(releaseId))
    case 'GET assets':
      return listAssets(call, Number(releaseId))
    case 'POST assets':
      return uploadAsset(call, Number(releaseId), half)
    case 'GET asset':
      return getAsset(call, Number(assetId))
    case 'DELETE asset':
      return deleteAsset(call, Number(assetId))
    default:
      return notFound('')
  }
}

interface Parts {
  readonly rest: string
  readonly tag: string | undefined
  readonly ref: string | undefined
  readonly assetId: string | undefined
  readonly releaseId: string | undefined
  readonly assets: string | undefined
}

function kindOf({ rest, tag, ref, assetId, releaseId, assets }: Parts): string {
  if (rest === '/releases') return 'releases'
  if (tag !== undefined) return 'tag'
  if (ref !== undefined) return 'ref'
  if (assetId !== undefined) return 'asset'
  if (releaseId !== undefined) return assets === undefined ? 'release' : 'assets'
  return 'other'
}

/** What follows the repository; its name counts in any case. */
function restOf({ path, view }: Call): string | undefined {
  const prefix = `/repos/${view.repository}`.toLowerCase()
  const plain = decodeURIComponent(path).replace(/^\/uploads(?=\/repos\/)/, '')
  return plain.toLowerCase().startsWith(`${prefix}/`) ? plain.slice(prefix.length) : undefined
}

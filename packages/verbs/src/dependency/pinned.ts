import type { Dependency } from '@chartroom/chart'

/** One dependency with the version that was chosen for it. */
export interface Pinned {
  /** As it stands in the lock. */
  readonly locked: Dependency
  readonly alias?: string | undefined
  /** Undefined for a chart that lies in `charts/` already. */
  readonly source?: PinnedSource | undefined
}

export interface PinnedSource {
  /** It comes from elsewhere, so that the digest of its archive is worth keeping. */
  readonly remote: boolean
  archive(): Promise<PinnedArchive>
}

export interface PinnedArchive {
  readonly bytes: Uint8Array
  readonly manifestDigest?: string | undefined
  readonly fromCache: boolean
}

/** That no version matches, with the newest there are. */
export interface Unmatched {
  readonly newest: readonly string[]
}

export function isUnmatched(result: Pinned | Unmatched): result is Unmatched {
  return 'newest' in result
}

import type { Metadata } from '@chartroom/chart'
import { metadataMap } from '@chartroom/chart'
import type { IndexEntry } from './index-model.ts'

export interface EntryFacts {
  readonly url: string
  /** RFC 3339. */
  readonly created: string
  /** Bare hex of the archive's sha256. */
  readonly digest: string
}

export function entryOf(metadata: Metadata, { url, created, digest }: EntryFacts): IndexEntry {
  const { name, version } = metadata
  return { name, version, urls: [url], created, digest, metadata: metadataMap(metadata) }
}

import { readdirSync } from 'node:fs'
import type { Digest } from '@chartroom/oci'
import { isDigest } from '@chartroom/oci'
import type { RepositoryPaths } from './path.ts'
import { fileToTag } from './path.ts'
import { changeTime, readNote, stampMs } from './note.ts'

/** The tags of one repository, each a file that holds a digest. */
export class Tags {
  readonly #paths: RepositoryPaths
  #known: { readonly stamp: number; readonly tags: readonly string[] } | undefined

  constructor(paths: RepositoryPaths) {
    this.#paths = paths
  }

  /** Undefined where there is no such tag. */
  digest(tag: string): Digest | undefined {
    const text = readNote(this.#paths.tag(tag))
    return text !== undefined && isDigest(text) ? text : undefined
  }

  /** Sorted by bytes. The same array as before while nothing changed. */
  list(): readonly string[] {
    const stamp = changeTime(this.#paths.tags)
    if (stamp === 0) return none
    if (this.#known?.stamp === stamp) return this.#known.tags
    const tags = readTags(this.#paths.tags)
    this.#known = Date.now() - stamp > stampMs ? { stamp, tags } : undefined
    return tags
  }

  /** The tags that point at this digest now. */
  pointingAt(wanted: Digest): string[] {
    return this.list().filter((tag) => this.digest(tag) === wanted)
  }
}

const none: readonly string[] = []

function readTags(folder: string): string[] {
  return readdirSync(folder)
    .map(fileToTag)
    .filter((tag) => tag !== undefined)
    .sort()
}

import { ChartroomError, hasCode } from '@chartroom/errors'
import type { Reference } from '@chartroom/oci'
import { copy, copyAllTags, formatReference, parseReference } from '@chartroom/oci'
import type { Connections } from '../connection.ts'
import { resolveNamed } from './named.ts'

export interface CopyOptions {
  readonly allTags?: boolean | undefined
  /** Tags copied at once. */
  readonly concurrency?: number | undefined
  readonly referrers?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** One tag or digest that stands at the destination now. */
export interface CopyResult {
  readonly source: string
  readonly destination: string
  readonly digest: string
}

/** Copies one chart, or all tags of a repository, with signatures unless told otherwise. */
export async function copyCharts(
  connections: Connections,
  [from, to]: readonly [source: string, destination: string],
  options: CopyOptions,
): Promise<CopyResult[]> {
  const source = parseReference(from)
  const destination = parseReference(to)
  const wanted = source.digest ?? source.tag
  if (wanted === undefined && options.allTags !== true) throw noTag(from)
  const [sourceTarget, destinationTarget] = [
    connections.repository(source),
    connections.repository(destination),
  ]
  const { concurrency, referrers, signal } = options
  if (wanted !== undefined) {
    const name = destination.tag ?? source.tag ?? wanted
    try {
      const { digest } = await copy([sourceTarget, wanted], [destinationTarget, name], { referrers, signal })
      return [
        { source: formatReference(source), destination: formatReference(named(destination, name)), digest },
      ]
    } catch (error) {
      // Asked again in the case of an error alone: is it the source that is not there?
      if (hasCode(error, 'NOT_FOUND', 'REPOSITORY_NOT_FOUND')) await resolveNamed(sourceTarget, source)
      throw error
    }
  }
  const copied = await copyAllTags(sourceTarget, destinationTarget, { concurrency, referrers, signal })
  return copied.map(({ tag, descriptor }) => ({
    source: formatReference({ ...source, tag }),
    destination: formatReference({ ...destination, tag }),
    digest: descriptor.digest,
  }))
}

function named(reference: Reference, name: string): Reference {
  return name.includes(':') ? reference : { ...reference, tag: name }
}

function noTag(from: string): ChartroomError {
  return new ChartroomError('USAGE', `${from} names no tag or digest`, {
    hint: `Write ${from}:VERSION, or pass --all-tags to copy every tag.`,
  })
}

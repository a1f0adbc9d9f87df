import { ChartroomError } from '@chartroom/errors'
import { contentOf, formatReference, parseReference, readAll } from '@chartroom/oci'
import type { Connections } from '../connection.ts'
import { limits } from '../limits.ts'
import type { CopyResult } from './copy.ts'
import { resolveNamed } from './named.ts'

/** Points further tags at what a reference stands for, in its own repository. */
export async function tagChart(
  connections: Connections,
  from: string,
  tags: readonly string[],
): Promise<CopyResult[]> {
  const source = parseReference(from)
  if (source.digest === undefined && source.tag === undefined) {
    throw new ChartroomError('USAGE', `${from} names no tag or digest`, { hint: `Write ${from}:VERSION.` })
  }
  const target = connections.repository(source)
  const descriptor = await resolveNamed(target, source)
  const content = contentOf(await readAll(await target.fetch(descriptor), limits.manifestBytes))
  const results: CopyResult[] = []
  for (const tag of tags) {
    const destination = parseReference(`${source.registry}/${source.repository}:${tag}`)
    await target.tag(descriptor, destination.tag ?? tag, content)
    results.push({
      source: formatReference(source),
      destination: formatReference(destination),
      digest: descriptor.digest,
    })
  }
  return results
}

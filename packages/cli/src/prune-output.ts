import type { PrunedRepository, PrunedTag } from '@chartroom/verbs'
import type { Table } from './output.ts'

/** Every tag with what becomes of it, and why. */
export function pruneTable(repositories: readonly PrunedRepository[]): Table | string {
  if (repositories.length === 0) return 'No charts found'
  return {
    head: ['TAG', 'RESULT', 'SIZE', 'REASON'],
    rows: repositories.flatMap(({ repository, tags }) => {
      const path = repository.replace(/^oci:\/\/[^/]*\//, '')
      return tags.map((tag) => [`${path}:${tag.tag}`, outcome(tag), sizeText(tag.bytes), tag.reason])
    }),
  }
}

/** `2 of 9 tags ... with 3 manifests, 12.3 kB`; undefined where nothing goes. */
export function pruneSummary(repositories: readonly PrunedRepository[]): string | undefined {
  const tags = repositories.flatMap((one) => one.tags)
  const going = tags.filter(({ status }) => status === 'planned' || status === 'removed')
  const manifests = repositories
    .flatMap((one) => one.manifests)
    .filter(({ status }) => status === 'planned' || status === 'removed')
  if (going.length === 0 && manifests.length === 0) return undefined
  const bytes = repositories.reduce((sum, { freedBytes }) => sum + freedBytes, 0)
  return `${going.length} of ${tags.length} tags and ${manifests.length} manifests, ${sizeText(bytes)}`
}

function outcome({ status }: PrunedTag): string {
  return status === 'planned' ? 'would remove' : status
}

/** In units of 1000, as registries show them. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let [size, unit] = [bytes, 0]
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}

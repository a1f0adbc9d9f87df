import { formatRfc3339, trimSpace } from '@chartroom/go'
import type { Metadata } from '../metadata/metadata.ts'

const prefix = 'org.opencontainers.image.'
const immutable: readonly string[] = [`${prefix}version`, `${prefix}title`]

/**
 * The manifest's annotations as Helm 4 writes them: the well-known ones from Chart.yaml, under the chart's own,
 * which may replace all but version and title. The object has no prototype.
 */
export function manifestAnnotations(metadata: Metadata, created: Date): Record<string, string> {
  const annotations: Record<string, string> = Object.create(null)
  const wellKnown = {
    description: metadata.description,
    title: metadata.name,
    version: metadata.version,
    url: metadata.home,
    created: formatRfc3339(created),
    source: metadata.sources?.[0],
    authors: authors(metadata),
  }
  for (const [name, value] of Object.entries(wellKnown)) {
    if (value !== undefined && trimSpace(value) !== '') annotations[prefix + name] = value
  }
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    if (!immutable.includes(key)) annotations[key] = value
  }
  return annotations
}

/** `name (email)` of each maintainer; without a name the space before the bracket stays, as in Helm. */
function authors({ maintainers }: Metadata): string | undefined {
  return maintainers
    ?.map(({ name = '', email }) => name + (email === undefined ? '' : ` (${email})`))
    .join(', ')
}

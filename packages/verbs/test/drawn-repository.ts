import type { Digest } from '@chartroom/oci'
import type { ManifestNode, RepositoryGraph } from '../src/prune/graph.ts'
import { subjectOfTag } from '../src/prune/graph.ts'

/** The digest of the manifest that is called so. */
export function d(name: string | number): Digest {
  return `sha256:${Buffer.from(String(name)).toString('hex').padStart(64, '0')}`
}

export const tagOf = (name: string): string => d(name).replace(':', '-')

interface Drawn {
  readonly children?: readonly string[]
  readonly subject?: string
  readonly blobs?: readonly string[]
  readonly kind?: ManifestNode['kind']
}

/** A repository by names: manifests (charts unless they say otherwise) and tags. */
export function drawn(
  manifests: Readonly<Record<string, Drawn>>,
  tags: Readonly<Record<string, string>>,
): RepositoryGraph {
  const nodes = Object.entries(manifests).map(([name, { children = [], subject, blobs = [name], kind }]) => [
    d(name),
    {
      digest: d(name),
      kind: kind ?? (children.length > 0 ? ('index' as const) : subject === undefined ? 'chart' : 'other'),
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      size: 10,
      children: children.map(d),
      blobs: blobs.map((blob) => ({ digest: d(`blob ${blob}`.slice(0, 30)), size: 100 })),
      subject: subject === undefined ? undefined : d(subject),
    },
  ])
  const there = new Map<Digest, ManifestNode>(nodes as [Digest, ManifestNode][])
  const subjects = Object.keys(tags).flatMap((tag) => subjectOfTag(tag) ?? [])
  return {
    tags: new Map(Object.entries(tags).map(([tag, name]) => [tag, d(name)])),
    manifests: there,
    unreadable: new Set(),
    absent: new Set(subjects.filter((digest) => !there.has(digest))),
  }
}

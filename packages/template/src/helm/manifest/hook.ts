import type { ManifestHead } from './head.ts'

/** A resource that Helm runs at a moment of a release's life, and does not keep with it. */
export interface Hook {
  readonly path: string
  readonly kind: string
  readonly name: string
  readonly content: string
  readonly events: readonly string[]
  readonly weight: number
  readonly deletePolicies: readonly string[]
}

const events = new Map([
  ...[
    'pre-install',
    'post-install',
    'pre-delete',
    'post-delete',
    'pre-upgrade',
    'post-upgrade',
    'pre-rollback',
    'post-rollback',
    'test',
  ].map((event) => [event, event] as const),
  // What Helm 2 called it.
  ['test-success', 'test'],
])

/** The events of a manifest that is a hook; `unknown` for a hook with an event that Helm does not know. */
export function hookEvents({ annotations }: ManifestHead): readonly string[] | 'unknown' | undefined {
  const types = annotations?.get('helm.sh/hook')
  if (types === undefined) return undefined
  const known = words(types).map((word) => events.get(word))
  return known.includes(undefined) ? 'unknown' : known.filter((event) => event !== undefined)
}

export function hookOf(
  { path, content }: { path: string; content: string },
  head: ManifestHead,
  hookTypes: readonly string[],
): Hook {
  const weight = head.annotations?.get('helm.sh/hook-weight') ?? ''
  const policies = head.annotations?.get('helm.sh/hook-delete-policy')
  return {
    path,
    content,
    kind: head.kind,
    name: head.name,
    events: hookTypes,
    weight: /^[+-]?\d+$/.test(weight) ? Number(weight) : 0,
    deletePolicies: policies === undefined ? [] : words(policies),
  }
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim().toLowerCase())
}

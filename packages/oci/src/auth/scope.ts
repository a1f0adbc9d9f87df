/** What a token must allow, as `repository:NAME:pull,push` (distribution's token scope documentation). */
export interface Access {
  /** The first is the main one: some token services read no other. */
  readonly scopes: readonly string[]
  /** The repository whose credential is used. */
  readonly repository?: string | undefined
}

export function repositoryScope(name: string, actions: string): string {
  return `repository:${name}:${actions}`
}

/**
 * What is wanted, and what the registry says is needed on top. Scopes of other repositories in a challenge are
 * placeholders (ghcr.io) or somebody else's business.
 */
export function mergeScopes(wanted: readonly string[], challenged: string | undefined): string[] {
  const merged = new Map<string, Set<string>>()
  const own = new Set(wanted.map((scope) => split(scope).resource))
  for (const scope of wanted) add(merged, scope)
  for (const scope of (challenged ?? '').split(/\s+/).filter((text) => text !== '')) {
    if (!scope.startsWith('repository:') || own.has(split(scope).resource)) add(merged, scope)
  }
  return [...merged].map(([resource, actions]) =>
    actions.size === 0 ? resource : `${resource}:${[...actions].sort().join(',')}`,
  )
}

function add(merged: Map<string, Set<string>>, scope: string): void {
  const { resource, actions } = split(scope)
  const known = merged.get(resource) ?? new Set()
  for (const action of actions) known.add(action)
  merged.set(resource, known)
}

// A repository's name may hold colons' worth of anything but a colon; its actions stand behind the last one.
function split(scope: string): { resource: string; actions: string[] } {
  const colon = scope.lastIndexOf(':')
  if (colon < 0) return { resource: scope, actions: [] }
  const actions = scope.slice(colon + 1).split(',')
  return { resource: scope.slice(0, colon), actions: actions.filter((action) => action !== '') }
}

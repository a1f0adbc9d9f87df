import { good } from '../connections/site.ts'
import type { Home } from '../workspace.ts'
import type { Cluster } from './cluster.ts'
import type { create, KubeObject } from './objects.ts'
import { apply, createNamespace } from './objects.ts'
import type { CallOptions } from './site.ts'
import { chartroom } from './site.ts'

export interface ApplyOptions extends CallOptions {
  /** How the objects reach the API: `apply`, unless told. */
  readonly by?: typeof create
}

let namespaces = 0

/** Applies what `gitops argocd` writes in a namespace of its own, and gives the objects as the API keeps them. */
export async function appliedArgoCd(
  cluster: Cluster,
  home: Home,
  args: readonly string[],
  { by = apply, ...options }: ApplyOptions = {},
): Promise<KubeObject[]> {
  const namespace = `argocd-${++namespaces}`
  await createNamespace(cluster, namespace)
  const command = ['gitops', 'argocd', ...args, '--argocd-namespace', namespace]
  await by(cluster, good(await chartroom(home, command, options)))
  const kinds = 'applications,applicationsets,secrets'
  const listed = good(await cluster.kubectl(['get', kinds, '-n', namespace, '-o', 'json']))
  return (JSON.parse(listed) as { items: KubeObject[] }).items
}

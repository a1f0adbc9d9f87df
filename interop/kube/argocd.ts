import { delimiter, dirname } from 'node:path'
import { needPeer } from '../peers/peers.ts'
import { run } from '../workspace.ts'
import type { Cluster } from './cluster.ts'
import type { KubeObject } from './objects.ts'

export interface ArgoCdQuestion {
  /** Where Argo CD runs. */
  readonly namespace: string
  /** One whose generators are lists of clusters. */
  readonly applicationSet?: KubeObject
  /** One that is to be fetched and rendered. */
  readonly application?: KubeObject
  readonly repositories?: readonly { readonly url: string; readonly project?: string }[]
}

export interface ArgoCdAnswer {
  /** What the ApplicationSet generates. */
  readonly applications: readonly (KubeObject & {
    readonly metadata: { readonly finalizers?: readonly string[] }
    readonly spec: { readonly source: { readonly helm: { readonly values: string } } }
  })[]
  /** How each repository would be read; texts are empty where Argo CD has no login. */
  readonly repositories: readonly {
    readonly username: string
    readonly password: string
    readonly type: string
    readonly enableOCI: boolean
    readonly forceHTTP: boolean
  }[]
  /** JSON of each object that the Application's chart renders to. */
  readonly manifests: readonly string[]
}

/**
 * Asks Argo CD's own code, which reads Secrets of the cluster, fetches and renders as Argo CD does, with helm 3 as it
 * has it. An error says what Argo CD says.
 */
export async function askArgoCd(
  cluster: Cluster,
  question: ArgoCdQuestion,
  env: Readonly<Record<string, string>> = {},
): Promise<ArgoCdAnswer> {
  const helm = dirname(needPeer('helm-3.21.4'))
  const { code, stdout, stderr } = await run(needPeer('argocd-3.4.0'), [], {
    env: {
      PATH: `${helm}${delimiter}${process.env['PATH']}`,
      HOME: cluster.folder,
      TMPDIR: cluster.folder,
      KUBECONFIG: cluster.kubeconfig,
      ...env,
    },
    input: JSON.stringify(question),
  })
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as ArgoCdAnswer
}

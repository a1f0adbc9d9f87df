import { needPeer } from '../peers/peers.ts'
import { run } from '../workspace.ts'
import type { KubeObject } from './objects.ts'

/** What the kubelet has for an image. */
export interface ImageCredentials {
  /** User names of the Secrets that match, in the order in which they are tried. */
  readonly users: readonly string[]
  /** Those of the node's `matchImages` that match. */
  readonly patterns: readonly string[]
}

export interface KubeletQuestion {
  /** Secrets that the pod names, as the API gives them back. */
  readonly secrets?: readonly KubeObject[]
  /** `matchImages` of a node's credential provider. */
  readonly patterns?: readonly string[]
  readonly images: readonly string[]
}

/** Asks the kubelet's own code what it would use, image by image. */
export async function askKubelet(
  question: KubeletQuestion,
): Promise<Readonly<Record<string, ImageCredentials>>> {
  const { code, stdout, stderr } = await run(needPeer('keyring-1.36.3'), [], {
    input: JSON.stringify(question),
  })
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Record<string, ImageCredentials>
}

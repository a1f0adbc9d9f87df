import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'

/** An object of a cluster, with the parts that tests read. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
}

/** What Flux says of a source. */
export interface SourceStatus {
  readonly conditions?: readonly Condition[]
  readonly artifact?: {
    /** Where the artifact is served. */
    readonly url: string
    /** `TAG@sha256:...` of an OCI source; the version of a chart. */
    readonly revision: string
    /** Of the artifact's bytes. */
    readonly digest: string
  }
}

/** Applies YAML or objects as a user does who wants unknown fields refused; an error says what the API said. */
export async function apply(
  cluster: Cluster,
  what: string | readonly object[],
  ...flags: readonly string[]
): Promise<void> {
  // Documents, not a List: the API itself checks their fields then, where kubectl would do it for a List.
  const input =
    typeof what === 'string' ? what : what.map((object) => `---\n${JSON.stringify(object)}\n`).join('')
  const args = ['apply', '--server-side', '--validate=strict', '-f', '-', ...flags]
  const { code, stderr } = await cluster.kubectl(args, input)
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}:\n${stderr}\n${input}`)
}

/**
 * Creates what YAML says. The body of a server-side apply is JSON that the API reads as YAML: it refuses what JSON writes
 * unescaped and YAML forbids, such as DEL, and folds U+0085. Plain creation carries every text.
 */
export async function create(cluster: Cluster, yaml: string): Promise<void> {
  const args = ['create', '--validate=strict', '-f', '-']
  const { code, stderr } = await cluster.kubectl(args, yaml)
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}:\n${stderr}`)
}

/** A namespace with its ServiceAccount `default`, which a controller makes elsewhere. */
export async function createNamespace(
  cluster: Cluster,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } }
  await apply(cluster, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }, account])
}

/** The object as the API gives it back. */
export async function get(
  cluster: Cluster,
  kind: string,
  name: string,
  namespace = 'default',
): Promise<KubeObject> {
  const { code, stdout, stderr } = await cluster.kubectl(['get', kind, name, '-n', namespace, '-o', 'json'])
  if (code !== 0) throw new Error(`kubectl get ${kind} ${name}: ${stderr}`)
  return JSON.parse(stdout) as KubeObject
}

/** Waits, at most a minute, until the condition Ready of a source is as wanted; gives what Flux then says of it. */
export async function source(
  cluster: Cluster,
  kind: string,
  name: string,
  { ready }: { ready: boolean },
): Promise<SourceStatus & { readonly message: string }> {
  const wanted = ready ? 'True' : 'False'
  let condition: Condition | undefined
  for (let attempt = 0; attempt < 200; attempt++) {
    const status = (await get(cluster, kind, name))['status'] as SourceStatus | undefined
    condition = status?.conditions?.find(({ type }) => type === 'Ready')
    // A source may say that it is ready a moment before it has its artifact.
    const isWhole = !ready || kind === 'helmrelease' || status?.artifact !== undefined
    // What is not ready is tried again, and says something else then: state and message are of one moment.
    if (condition?.status === wanted && isWhole) return { ...status, message: condition.message }
    await sleep(200)
  }
  throw new Error(`${kind} ${name} is not as wanted: ${JSON.stringify(condition)}`)
}

/** The artifact's bytes, as Flux serves them to its other controllers. */
export async function artifactOf(status: SourceStatus): Promise<Buffer> {
  const response = await fetch(status.artifact?.url ?? '')
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PeerName } from '../peers/peers.ts'
import { needPeer } from '../peers/peers.ts'
import type { Ended } from '../workspace.ts'
import { run } from '../workspace.ts'
import { startApiServer, startEtcd, untilReady } from './control-plane.ts'
import type { Server } from './server.ts'

/**
 * The real API of Kubernetes: etcd and kube-apiserver, with admission, without nodes or controllers. Objects are
 * checked, defaulted and kept; pods stay pending, and nothing makes the ServiceAccount `default` of a namespace.
 */
export interface Cluster {
  /** The path of a file that names the cluster and its administrator. */
  readonly kubeconfig: string
  /** A folder that goes with the cluster. */
  readonly folder: string
  readonly kubectl: (args: readonly string[], input?: string) => Promise<Ended>
  close(): Promise<void>
}

/** Custom resource definitions, as released. */
export type Definitions = Extract<PeerName, `crds-${string}`>

/** What every cluster needs. */
export const clusterPeers = ['etcd-3.6.6', 'kube-apiserver-1.36.3', 'kubectl-1.36.3'] as const

/** Starts a cluster whose API knows the given definitions; about 4 seconds and 400 MB. */
export async function startCluster(definitions: readonly Definitions[] = []): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-cluster-'))
  const servers: Server[] = []
  const close = async (): Promise<void> => {
    for (const server of servers.reverse()) await server.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const etcd = await startEtcd(folder)
    servers.push(etcd.server)
    const token = randomBytes(16).toString('hex')
    const api = await startApiServer({ folder, token, etcd: etcd.url })
    servers.push(api.server)
    const kubeconfig = join(folder, 'kubeconfig')
    await writeFile(kubeconfig, kubeconfigOf(api.url, token, join(folder, 'certificates', 'apiserver.crt')))
    const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: kubeconfig }
    const kubectl: Cluster['kubectl'] = (args, input) =>
      run(needPeer('kubectl-1.36.3'), args, { cwd: folder, env, input })
    const cluster = { kubeconfig, folder, kubectl, close }
    await untilReady(api)
    await define(
      cluster,
      definitions.map((name) => needPeer(name)),
    )
    return cluster
  } catch (error) {
    await close()
    throw error
  }
}

function kubeconfigOf(url: string, token: string, authority: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    clusters: [{ name: 'test', cluster: { server: url, 'certificate-authority': authority } }],
    users: [{ name: 'admin', user: { token } }],
  })
}

/** Applied by the server: the definitions of Argo CD are too large for the annotation that kubectl keeps otherwise. */
async function define({ kubectl }: Cluster, folders: readonly string[]): Promise<void> {
  if (folders.length === 0) return
  const files = folders.flatMap((folder) => definitionFiles(folder).flatMap((path) => ['-f', path]))
  const { code, stdout, stderr } = await kubectl([
    ...['apply', '--server-side', '--validate=false', '-o', 'name'],
    ...files,
  ])
  if (code !== 0) throw new Error(`the definitions are not accepted: ${stderr}`)
  const kinds = stdout
    .trim()
    .split('\n')
    .map((line) => line.slice(line.indexOf('/') + 1))
  // The API learns of them one by one, and of its own list of kinds a little later.
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await kubectl(['get', kinds.join(',')])).code === 0) return
    await sleep(100)
  }
  throw new Error(`the API does not serve ${kinds.join(', ')}`)
}

function definitionFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name !== 'kustomization.yaml')
  return names.map((name) => join(folder, name))
}

import { join } from 'node:path'
import { needPeer } from '../peers/peers.ts'
import type { Cluster } from './cluster.ts'
import { Server } from './server.ts'
import { controllerEnvironment } from './source-controller.ts'

/** Flux's helm-controller: it installs what HelmReleases in the cluster name, from the artifacts of source-controller. */
export function startHelmController(cluster: Cluster): Promise<Server> {
  return Server.start(
    needPeer('helm-controller-1.6.0'),
    ['--metrics-addr', '0', '--health-addr', '0', '--enable-leader-election=false', '--log-level', 'info'],
    { log: join(cluster.folder, 'helm-controller.log'), env: controllerEnvironment(cluster) },
  )
}

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { needPeer } from '../peers/peers.ts'
import { freePort } from '../registries.ts'
import type { Cluster } from './cluster.ts'
import { Server } from './server.ts'

/** Flux's source-controller: it fetches what its objects in the cluster name, and serves it as artifacts. Ready within a minute. */
export async function startSourceController(cluster: Cluster): Promise<Server> {
  const binary = needPeer('source-controller-1.9.1')
  const storage = join(cluster.folder, 'artifacts')
  await mkdir(storage)
  const artifacts = await freePort()
  const server = await Server.start(
    binary,
    [
      ...['--storage-path', storage, '--storage-addr', `127.0.0.1:${artifacts}`],
      ...['--storage-adv-addr', `127.0.0.1:${artifacts}`, '--enable-leader-election=false'],
      ...['--metrics-addr', '0', '--health-addr', '0', '--log-level', 'info'],
    ],
    { log: join(cluster.folder, 'source-controller.log'), env: controllerEnvironment(cluster) },
  )
  for (let attempt = 0; attempt < 600 && server.isRunning; attempt++) {
    if (await answers(`http://127.0.0.1:${artifacts}/`)) return server
    await sleep(100)
  }
  const said = await server.said()
  await server.close()
  throw new Error(`source-controller does not serve:\n${said}`)
}

/** What a controller of Flux finds its cluster by. */
export function controllerEnvironment({
  folder,
  kubeconfig,
}: Cluster): Readonly<Record<string, string | undefined>> {
  return { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: 'default' }
}

/** True when something speaks HTTP there, whatever it says. */
function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (response) => {
      await response.body?.cancel()
      return true
    },
    () => false,
  )
}

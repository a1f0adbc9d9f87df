import { afterAll } from 'vitest'
import type { PeerName } from '../peers/peers.ts'
import { needPeer } from '../peers/peers.ts'
import type { Cluster, Definitions } from './cluster.ts'
import { clusterPeers, startCluster } from './cluster.ts'
import { startHelmController } from './helm-controller.ts'
import type { Server } from './server.ts'
import { startSourceController } from './source-controller.ts'

type Controller = 'source-controller-1.9.1' | 'helm-controller-1.6.0'

const starters: Readonly<Record<Controller, (cluster: Cluster) => Promise<Server>>> = {
  'source-controller-1.9.1': startSourceController,
  'helm-controller-1.6.0': startHelmController,
}

/**
 * One cluster for the tests of a file, started by the first test that asks for it; it ends with the file. A test is
 * skipped, and says so, where a program is not installed.
 */
export function sharedCluster(
  definitions: readonly Definitions[],
  controllers: readonly Controller[] = [],
): () => Promise<Cluster> {
  const needed: readonly PeerName[] = [...clusterPeers, ...definitions, ...controllers]
  let started: Promise<Cluster> | undefined
  afterAll(async () => (await started?.catch(() => undefined))?.close())
  return async () => {
    for (const name of needed) needPeer(name)
    started ??= start(definitions, controllers)
    return started
  }
}

async function start(
  definitions: readonly Definitions[],
  controllers: readonly Controller[],
): Promise<Cluster> {
  const cluster = await startCluster(definitions)
  const running: Server[] = []
  const close = async (): Promise<void> => {
    for (const server of running) await server.close()
    await cluster.close()
  }
  try {
    for (const name of controllers) running.push(await starters[name](cluster))
    return { ...cluster, close }
  } catch (error) {
    await close()
    throw error
  }
}

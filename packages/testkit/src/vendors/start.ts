import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority } from '../certificate/authority.ts'
import type { Acr } from './acr/acr.ts'
import { startAcr } from './acr/acr.ts'
import type { Artifactory } from './artifactory/artifactory.ts'
import { startArtifactory } from './artifactory/artifactory.ts'
import type { DockerHub } from './docker-hub/docker-hub.ts'
import { startDockerHub } from './docker-hub/docker-hub.ts'
import type { Ecr } from './ecr/ecr.ts'
import { startEcr } from './ecr/ecr.ts'
import type { Gar } from './gar/gar.ts'
import { startGar } from './gar/gar.ts'
import type { Ghcr } from './ghcr/ghcr.ts'
import { startGhcr } from './ghcr/ghcr.ts'
import type { Harbor } from './harbor/harbor.ts'
import { startHarbor } from './harbor/harbor.ts'
import type { InstanceService } from './instance.ts'
import { startInstanceService } from './instance.ts'
import type { Network, Site } from './network.ts'
import { startNetwork } from './network.ts'
import { scratchFolder } from './scratch.ts'
import type { Vendor } from './vendor.ts'

/** The seven registries under their real names, for any program that knows `HTTPS_PROXY`. */
export interface Vendors {
  /** What such a program needs in its environment. */
  readonly env: Readonly<Record<string, string>>
  readonly proxyUrl: string
  /** PEM file of the authority that all their certificates are of. */
  readonly caFile: string
  readonly network: Network
  /** What machines of the clouds ask for their keys. */
  readonly instance: InstanceService
  readonly ghcr: Ghcr
  readonly dockerHub: DockerHub
  readonly ecr: Ecr
  readonly acr: Acr
  readonly gar: Gar
  readonly harbor: Harbor
  readonly artifactory: Artifactory
  readonly all: readonly Vendor[]
  /** Requests that brought a credential to another origin. */
  leaks(): string[]
  /** Throws when a credential went to another origin. */
  close(): Promise<void>
}

/** `sites` are further hosts, such as that of a website; they also stand in for a vendor's own of the same name. */
export async function startVendors(sites: readonly Site[] = []): Promise<Vendors> {
  const folder = await scratchFolder()
  const caFile = join(folder, 'ca.pem')
  const authority = createAuthority()
  await writeFile(caFile, authority.certificate)
  const [ghcr, dockerHub, ecr] = [await startGhcr(), await startDockerHub(), await startEcr()]
  const [acr, gar, harbor] = [await startAcr(), await startGar(folder), await startHarbor()]
  const artifactory = await startArtifactory()
  const all: readonly Vendor[] = [ghcr, dockerHub, ecr, acr, gar, harbor, artifactory]
  const network = await startNetwork(authority, [...sites, ...all.flatMap((vendor) => vendor.sites)])
  const instance = await startInstanceService([ecr.instance, acr.instance, gar.instance])
  const leaks = (): string[] => all.flatMap((vendor) => vendor.leaks)
  return {
    env: environmentOf(network.proxyUrl, caFile),
    proxyUrl: network.proxyUrl,
    caFile,
    network,
    instance,
    ...{ ghcr, dockerHub, ecr, acr, gar, harbor, artifactory },
    all,
    leaks,
    async close() {
      await network.close()
      await instance.close()
      for (const vendor of all) await vendor.close()
      await rm(folder, { recursive: true, force: true })
      if (leaks().length > 0) throw new Error(`credentials went to another origin: ${leaks().join(', ')}`)
    },
  }
}

/** Go's programs, Node's and curl look in different places. */
function environmentOf(proxyUrl: string, caFile: string): Record<string, string> {
  return { HTTPS_PROXY: proxyUrl, HTTP_PROXY: proxyUrl, SSL_CERT_FILE: caFile, NODE_EXTRA_CA_CERTS: caFile }
}

import { createBlobOrigin } from '../blob-origin.ts'
import { startCore } from '../core.ts'
import { createTokenSigner } from '../jwt.ts'
import { createKnobs } from '../knobs.ts'
import type { Service } from '../message.ts'
import { redirect, text } from '../message.ts'
import { randomToken, TicketOffice } from '../ticket.ts'
import type { Vendor } from '../vendor.ts'
import { apiService } from './api.ts'
import { registryService, tooManyPulls } from './registry.ts'
import { tokenService } from './token.ts'
import type { Hub, HubAccount } from './world.ts'

/** registry-1.docker.io with auth.docker.io, hub.docker.com and the storage of its blobs. */
export interface DockerHub extends Vendor {
  setPrivate(repository: string, isPrivate: boolean): void
  /** Tags that match can be neither moved nor removed. */
  setImmutable(repository: string, tags: RegExp): void
}

const namespaces = ['myuser']

export async function startDockerHub(): Promise<DockerHub> {
  const core = await startCore()
  const writer: HubAccount = {
    username: 'myuser',
    password: randomToken('dckr_pat_'),
    namespaces,
    rights: ['read', 'write', 'delete'],
  }
  const reader: HubAccount = {
    username: 'myuser',
    password: randomToken('dckr_pat_'),
    namespaces,
    rights: ['read'],
  }
  const tickets = new TicketOffice<HubAccount | undefined>()
  const signer = createTokenSigner()
  const hub: Hub = { core, signer, tickets, accounts: [writer, reader], repositories: new Map() }
  const blobs = createBlobOrigin({
    host: 'production.cloudflare.docker.com',
    core,
    refusal: text(400, 'Only one auth mechanism allowed\n'),
  })
  const box = createKnobs({ expireAll: () => tickets.expireAll(), tooMany: tooManyPulls })
  const registry = registryService(hub, blobs)
  const service: Service = (call) => box.answer(call) ?? registry(call)
  return {
    host: 'registry-1.docker.io',
    namespace: 'myuser',
    elsewhere: 'somebody',
    writer,
    reader,
    accountEnv: { DOCKERHUB_USERNAME: writer.username, DOCKERHUB_TOKEN: writer.password },
    prepare() {},
    ledger: core.ledger,
    remove: (repository, reference) => core.remove(repository, reference),
    leaks: blobs.leaks,
    sites: [
      { host: 'registry-1.docker.io', service },
      { host: 'index.docker.io', service },
      // A website: nothing below it is a registry.
      { host: 'docker.io', service: () => redirect(302, 'https://www.docker.com/') },
      { host: 'auth.docker.io', service: tokenService(hub) },
      { host: 'hub.docker.com', service: apiService(hub) },
      { host: blobs.host, service: blobs.service },
    ],
    ...box.knobs,
    setPrivate(repository, isPrivate) {
      hub.repositories.set(repository, { immutable: hub.repositories.get(repository)?.immutable, isPrivate })
    },
    setImmutable(repository, tags) {
      hub.repositories.set(repository, {
        isPrivate: hub.repositories.get(repository)?.isPrivate ?? false,
        immutable: tags,
      })
    },
    close: () => core.close(),
  }
}

import { createBlobOrigin } from '../blob-origin.ts'
import { startCore } from '../core.ts'
import { createKnobs } from '../knobs.ts'
import type { Service } from '../message.ts'
import { specError, text } from '../message.ts'
import { randomToken, TicketOffice } from '../ticket.ts'
import type { Vendor } from '../vendor.ts'
import { apiService } from './api.ts'
import { registryService } from './registry.ts'
import { tokenService } from './token.ts'
import type { GitHub, GitHubAccount } from './world.ts'

/** ghcr.io with api.github.com and the storage of its blobs. */
export interface Ghcr extends Vendor {
  /** The token of a workflow of `myuser/app`. */
  readonly workflow: GitHubAccount
  setVisibility(repository: string, visibility: 'public' | 'private'): void
  /** Lets the accounts write below another owner too, as members of an organisation may. */
  addOwner(owner: string): void
  /** The repository that a package is linked to. */
  linkOf(repository: string): string | undefined
}

export async function startGhcr(): Promise<Ghcr> {
  const owners = ['myuser']
  const core = await startCore()
  const writer: GitHubAccount = {
    username: 'myuser',
    password: randomToken('ghp_'),
    owners,
    rights: ['read', 'write', 'delete'],
  }
  const reader: GitHubAccount = {
    username: 'reader',
    password: randomToken('ghp_'),
    owners,
    rights: ['read'],
  }
  const workflow: GitHubAccount = {
    username: 'github-actions',
    password: randomToken('ghs_'),
    owners,
    rights: ['read', 'write'],
    repository: 'myuser/app',
  }
  const tickets = new TicketOffice<GitHubAccount | undefined>()
  const github: GitHub = { core, tickets, accounts: [writer, reader, workflow], packages: new Map() }
  const blobs = createBlobOrigin({
    host: 'pkg-containers.githubusercontent.com',
    core,
    refusal: text(
      400,
      '<?xml version="1.0" encoding="utf-8"?><Error><Code>InvalidAuthenticationInfo</Code></Error>',
      'application/xml',
    ),
  })
  const box = createKnobs({ expireAll: () => tickets.expireAll(), tooMany })
  const token = tokenService(github)
  const registry = registryService(github, blobs)
  const service: Service = (call) => {
    if (call.url.pathname === '/token') return token(call)
    return box.answer(call) ?? registry(call)
  }
  return {
    host: 'ghcr.io',
    namespace: 'myuser/charts',
    elsewhere: 'somebody/charts',
    writer,
    reader,
    accountEnv: { GITHUB_ACTOR: writer.username, GITHUB_TOKEN: writer.password },
    addOwner(owner) {
      owners.push(owner)
    },
    prepare() {},
    workflow,
    ledger: core.ledger,
    remove: (repository, reference) => core.remove(repository, reference),
    leaks: blobs.leaks,
    sites: [
      { host: 'ghcr.io', service },
      { host: 'api.github.com', service: apiService(github) },
      {
        host: 'github.com',
        service: () => text(404, '<!DOCTYPE html><title>Page not found</title>', 'text/html; charset=utf-8'),
      },
      { host: blobs.host, service: blobs.service },
    ],
    ...box.knobs,
    setVisibility(repository, visibility) {
      github.packages.set(repository, { linked: github.packages.get(repository)?.linked, visibility })
    },
    linkOf: (repository) => github.packages.get(repository)?.linked,
    close: () => core.close(),
  }
}

function tooMany(retryAfter: string): ReturnType<typeof specError> {
  const headers = { 'retry-after': retryAfter }
  return specError({
    status: 429,
    code: 'TOOMANYREQUESTS',
    message: 'retry-after: rate limit exceeded',
    headers,
  })
}

import { randomUUID } from 'node:crypto'
import { createBlobOrigin } from '../blob-origin.ts'
import { startCore } from '../core.ts'
import { createTokenSigner } from '../jwt.ts'
import { createKnobs } from '../knobs.ts'
import type { Answer, Call } from '../message.ts'
import { specError, text } from '../message.ts'
import { randomToken, TicketOffice } from '../ticket.ts'
import type { Login, Vendor } from '../vendor.ts'
import { entraService, instanceService } from './entra.ts'
import { registryService } from './registry.ts'
import { issueRefreshToken } from './token.ts'
import type { Azure, AzureAccount, Lock } from './world.ts'
import { nobody, roles } from './world.ts'

/** One registry with the directory of its tenant and the storage of its blobs. */
export interface Acr extends Vendor {
  readonly tenant: string
  /** A token of the registry itself, for what is below `charts/` alone. */
  readonly repositoryToken: Login
  /** What `az acr login` leaves in Docker's file. */
  refreshToken(): Login
  /** For workload identity. */
  readonly federatedToken: string
  setAnonymousPull(on: boolean): void
  lock(repository: string, tag: string, lock: Partial<Lock>): void
  /** What a machine with a managed identity asks. */
  readonly instance: (call: Call) => Answer | undefined
}

const host = 'myregistry.azurecr.io'

export async function startAcr(): Promise<Acr> {
  const core = await startCore()
  const writer: AzureAccount = {
    username: randomUUID(),
    password: randomToken('8Q~', 28),
    actions: roles.push,
  }
  const reader: AzureAccount = {
    username: randomUUID(),
    password: randomToken('8Q~', 28),
    actions: roles.pull,
  }
  const repositoryToken: AzureAccount = {
    username: 'ci-token',
    password: randomToken('', 30),
    actions: roles.push,
    prefix: 'charts/',
  }
  const azure: Azure = {
    core,
    host,
    tenant: randomUUID(),
    principals: [writer, reader],
    tokens: [repositoryToken],
    entra: createTokenSigner(),
    registry: createTokenSigner(),
    refreshTokens: new TicketOffice(),
    accessTokens: new TicketOffice(),
    locks: new Map(),
    anonymousPull: false,
  }
  const blobs = createBlobOrigin({ host: 'eusmanaged12.blob.core.windows.net', core, refusal })
  const box = createKnobs({ expireAll: () => azure.accessTokens.expireAll(), tooMany })
  const registry = registryService(azure, blobs)
  const federatedToken = randomToken('eyJ.', 40)
  return {
    host,
    namespace: 'charts',
    elsewhere: 'missing',
    writer,
    reader,
    accountEnv: {
      AZURE_TENANT_ID: azure.tenant,
      AZURE_CLIENT_ID: writer.username,
      AZURE_CLIENT_SECRET: writer.password,
    },
    prepare() {},
    tenant: azure.tenant,
    repositoryToken,
    refreshToken: () => ({ username: nobody, password: issueRefreshToken(azure, writer) }),
    federatedToken,
    ledger: core.ledger,
    remove: (repository, reference) => core.remove(repository, reference),
    leaks: blobs.leaks,
    sites: [
      { host, service: (call) => box.answer(call) ?? registry(call) },
      { host: 'login.microsoftonline.com', service: entraService(azure, federatedToken) },
      { host: blobs.host, service: blobs.service },
    ],
    ...box.knobs,
    setAnonymousPull(on) {
      azure.anonymousPull = on
    },
    lock(repository, tag, lock) {
      azure.locks.set(`${repository}:${tag}`, { writeEnabled: true, deleteEnabled: true, ...lock })
    },
    instance: instanceService(azure),
    close: () => core.close(),
  }
}

const refusal: Answer = text(
  400,
  '<?xml version="1.0" encoding="utf-8"?><Error><Code>InvalidAuthenticationInfo</Code><Message>Authentication information is not given in the correct format. Check the value of Authorization header.</Message></Error>',
  'application/xml',
)

function tooMany(retryAfter: string): Answer {
  const headers = { 'retry-after': retryAfter }
  return specError({ status: 429, code: 'TOOMANYREQUESTS', message: 'too many requests', headers })
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startCore } from '../core.ts'
import { createTokenSigner } from '../jwt.ts'
import { createKnobs } from '../knobs.ts'
import type { Answer, Call } from '../message.ts'
import { specError } from '../message.ts'
import { randomToken, TicketOffice } from '../ticket.ts'
import type { Login, Vendor } from '../vendor.ts'
import { apiService } from './api.ts'
import { iamCredentialsService, instanceService, oauthService, stsService } from './oauth.ts'
import { registryService } from './registry.ts'
import type { GarRepository, Google, GoogleAccount } from './world.ts'
import { issueAccessToken, keyFileOf } from './world.ts'

/** Artifact Registry of one project in one location, with Google's token services. */
export interface Gar extends Vendor {
  readonly project: string
  /** An OAuth token, as gcloud prints it. */
  accessToken(who?: 'writer' | 'reader'): string
  /** The text of the writer's key file, and the path of it. */
  readonly keyFile: string
  readonly keyPath: string
  repository(name: string): GarRepository | undefined
  setRepository(name: string, options?: Partial<GarRepository>): void
  /** For workload identity. */
  readonly subjectToken: string
  /** What a machine asks for its token. */
  readonly instance: (call: Call) => Answer | undefined
}

const host = 'us-docker.pkg.dev'

/** `folder` takes the key file. */
export async function startGar(folder: string): Promise<Gar> {
  const core = await startCore()
  const writer = account('writer', 'admin')
  const reader = account('reader', 'reader')
  const google: Google = {
    core,
    project: 'myproject',
    location: 'us',
    accounts: [writer, reader],
    accessTokens: new TicketOffice(),
    registryTokens: new TicketOffice(),
    repositories: new Map([['charts', newRepository()]]),
  }
  const keyPath = join(folder, 'google-key.json')
  const keyFile = keyFileOf(google, writer)
  await writeFile(keyPath, keyFile)
  const box = createKnobs({ expireAll: () => google.registryTokens.expireAll(), tooMany })
  const registry = registryService(google)
  const subjectToken = randomToken('eyJ.', 40)
  const login = (who: GoogleAccount): Login => ({
    username: 'oauth2accesstoken',
    password: issueAccessToken(google, who),
  })
  return {
    host,
    namespace: 'myproject/charts',
    elsewhere: 'myproject/missing',
    get writer() {
      return login(writer)
    },
    get reader() {
      return login(reader)
    },
    accountEnv: { GOOGLE_APPLICATION_CREDENTIALS: keyPath },
    prepare() {},
    project: google.project,
    accessToken: (who = 'writer') => issueAccessToken(google, who === 'writer' ? writer : reader),
    keyFile,
    keyPath,
    repository: (name) => google.repositories.get(name),
    setRepository: (name, options) => void google.repositories.set(name, { ...newRepository(), ...options }),
    subjectToken,
    ledger: core.ledger,
    remove: (repository, reference) => core.remove(repository, reference),
    // Downloads come from the registry's own address: there is no other origin.
    leaks: [],
    sites: [
      { host, service: (call) => box.answer(call) ?? registry(call) },
      { host: 'artifactregistry.googleapis.com', service: apiService(google) },
      { host: 'oauth2.googleapis.com', service: oauthService(google) },
      { host: 'sts.googleapis.com', service: stsService(google, subjectToken, writer) },
      { host: 'iamcredentials.googleapis.com', service: iamCredentialsService(google) },
    ],
    ...box.knobs,
    instance: instanceService(google, writer),
    close: () => core.close(),
  }
}

function account(name: string, role: GoogleAccount['role']): GoogleAccount {
  return { email: `${name}@myproject.iam.gserviceaccount.com`, signer: createTokenSigner(), role }
}

function newRepository(): GarRepository {
  return { format: 'DOCKER', immutableTags: false, createdAt: Date.now() }
}

function tooMany(retryAfter: string): Answer {
  const headers = { 'retry-after': retryAfter }
  const message = "Quota exceeded for quota metric 'Requests per project per region'"
  return specError({ status: 429, code: 'TOOMANYREQUESTS', message, headers })
}

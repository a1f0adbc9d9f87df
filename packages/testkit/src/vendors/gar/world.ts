import type { Core } from '../core.ts'
import type { TokenSigner } from '../jwt.ts'
import { randomToken, type TicketOffice } from '../ticket.ts'

/** A service account. */
export interface GoogleAccount {
  readonly email: string
  readonly signer: TokenSigner
  readonly role: 'admin' | 'writer' | 'reader'
}

export interface GarRepository {
  readonly format: 'DOCKER' | 'PYTHON'
  immutableTags: boolean
  readonly createdAt: number
}

export interface Google {
  readonly core: Core
  readonly project: string
  readonly location: string
  readonly accounts: readonly GoogleAccount[]
  readonly accessTokens: TicketOffice<GoogleAccount>
  readonly registryTokens: TicketOffice<GoogleAccount>
  /** By name in the project. */
  readonly repositories: Map<string, GarRepository>
}

export const seconds = 3599

/** An OAuth access token, as `gcloud auth print-access-token` prints it. */
export function issueAccessToken({ accessTokens }: Google, holder: GoogleAccount): string {
  return accessTokens.issue(randomToken('ya29.c.', 60), { holder, lifeMs: seconds * 1000 })
}

/** The file of a service account's key. */
export function keyFileOf({ project }: Google, { email, signer }: GoogleAccount): string {
  return JSON.stringify(
    {
      type: 'service_account',
      project_id: project,
      private_key_id: '1',
      private_key: signer.privateKey,
      client_email: email,
      client_id: '1',
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: 'https://oauth2.googleapis.com/token',
      universe_domain: 'googleapis.com',
    },
    undefined,
    2,
  )
}

/** `PROJECT/REPOSITORY/IMAGE`, the image with slashes of its own. */
export function placeOf(path: string): { project: string; repository: string; image: string } {
  const [project = '', repository = '', ...rest] = path.split('/')
  return { project, repository, image: rest.join('/') }
}

import type { Core } from '../core.ts'
import { randomToken, TicketOffice } from '../ticket.ts'

/** Somebody who signs requests to AWS. */
export interface Principal {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary keys alone. */
  readonly sessionToken?: string
  readonly arn: string
  readonly rights: readonly ('pull' | 'push' | 'delete' | 'create' | 'login')[]
}

export interface EcrRepository {
  readonly createdAt: number
  tagMutability: 'MUTABLE' | 'IMMUTABLE'
  readonly scanOnPush: boolean
  lifecyclePolicy?: string
}

/** The repositories of one account in one region, or of an account's public registry. */
export interface EcrRegistry {
  readonly core: Core
  readonly account: string
  /** Of its registry: `ACCOUNT.dkr.ecr.REGION.amazonaws.com` or `public.ecr.aws`. */
  readonly host: string
  /** Before the names of repositories in paths: the alias of a public registry and a slash. */
  readonly prefix: string
  readonly repositories: Map<string, EcrRepository>
  /** Prefixes below which a push makes what is not there. */
  readonly createOnPush: Set<string>
}

export interface Aws {
  readonly principals: Principal[]
  /** Passwords of registries. */
  readonly passwords: TicketOffice<Principal>
  readonly private: EcrRegistry
  readonly public: EcrRegistry
  /** Tokens of other parties that the role trusts. */
  readonly webIdentityTokens: Set<string>
}

export const region = 'us-east-1'
const hours = 3_600_000

/** What `get-login-password` prints; good for twelve hours. */
export function issuePassword(
  { passwords }: Aws,
  holder: Principal,
): { password: string; expiresAt: number } {
  const password = passwords.issue(Buffer.from(randomToken('', 600)).toString('base64'), {
    holder,
    lifeMs: 12 * hours,
  })
  return { password, expiresAt: passwords.now() + 12 * hours }
}

/** Temporary keys with the rights of another principal. */
export function issueSession(
  { principals }: Aws,
  { arn, rights }: Principal,
): Principal & { sessionToken: string } {
  const session = {
    accessKeyId: `ASIA${randomToken('', 12)
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '7')}`,
    secretAccessKey: randomToken('', 30),
    sessionToken: randomToken('', 60),
    arn,
    rights,
  }
  principals.push(session)
  return session
}

export function createRepository(
  { repositories }: EcrRegistry,
  name: string,
  options: Partial<EcrRepository> = {},
): EcrRepository {
  const made = { createdAt: Date.now(), tagMutability: 'MUTABLE' as const, scanOnPush: false, ...options }
  repositories.set(name, made)
  return made
}

export function newPasswords(): TicketOffice<Principal> {
  return new TicketOffice<Principal>()
}

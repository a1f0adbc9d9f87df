import type { Core } from '../core.ts'
import type { TokenSigner } from '../jwt.ts'
import type { TicketOffice } from '../ticket.ts'
import type { Login } from '../vendor.ts'

/** Somebody in the directory, or a token of the registry itself. */
export interface AzureAccount extends Login {
  /** Data actions of its role, in all repositories or those below a prefix. */
  readonly actions: readonly string[]
  readonly prefix?: string
}

/** What may not be done to a tag or manifest. */
export interface Lock {
  writeEnabled: boolean
  deleteEnabled: boolean
}

export interface Azure {
  readonly core: Core
  readonly host: string
  readonly tenant: string
  /** Service principals: user name and password are application and secret. */
  readonly principals: readonly AzureAccount[]
  /** Repository-scoped tokens and the admin user. */
  readonly tokens: readonly AzureAccount[]
  /** Who signs for Entra, and for the registry. */
  readonly entra: TokenSigner
  readonly registry: TokenSigner
  readonly refreshTokens: TicketOffice<AzureAccount>
  readonly accessTokens: TicketOffice<AzureAccount | undefined>
  /** By `repository:tag`. */
  readonly locks: Map<string, Lock>
  anonymousPull: boolean
}

/** The user name beside a refresh token. */
export const nobody = '00000000-0000-0000-0000-000000000000'

export const roles = {
  push: ['pull', 'push', 'delete', 'metadata_read', 'metadata_write'],
  pull: ['pull', 'metadata_read'],
} as const

/** What of the wanted actions is granted. */
export function grantedTo(
  azure: Azure,
  account: AzureAccount | undefined,
  { name, actions }: { readonly name: string; readonly actions: readonly string[] },
): string[] {
  if (account === undefined) return azure.anonymousPull ? actions.filter((action) => action === 'pull') : []
  if (account.prefix !== undefined && !name.startsWith(account.prefix)) return []
  return actions.filter((action) => action === '*' || account.actions.includes(action))
}

export function accountOf({ principals, tokens }: Azure, login: Login | undefined): AzureAccount | undefined {
  return [...principals, ...tokens].find(
    ({ username, password }) => username === login?.username && password === login.password,
  )
}

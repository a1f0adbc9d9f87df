import type { Core } from '../core.ts'
import type { TokenSigner } from '../jwt.ts'
import type { TicketOffice } from '../ticket.ts'
import type { Login } from '../vendor.ts'

/** An account by one of its access tokens. */
export interface HubAccount extends Login {
  /** Namespaces whose repositories it may see, and write to where the token may. */
  readonly namespaces: readonly string[]
  readonly rights: readonly ('read' | 'write' | 'delete')[]
}

export interface HubRepository {
  isPrivate: boolean
  /** Tags that match may be neither moved nor removed. */
  immutable: RegExp | undefined
}

export interface Hub {
  readonly core: Core
  readonly signer: TokenSigner
  readonly accounts: readonly HubAccount[]
  readonly tickets: TicketOffice<HubAccount | undefined>
  /** By `namespace/name`. */
  readonly repositories: Map<string, HubRepository>
}

export function accountOf({ accounts }: Hub, login: Partial<Login> | undefined): HubAccount | undefined {
  return accounts.find(
    ({ username, password }) => username === login?.username && password === login.password,
  )
}

/** What an account may do in a repository. Exactly one level below a namespace there is something at all. */
export function actionsOf(hub: Hub, account: HubAccount | undefined, name: string): string[] {
  const [namespace = '', ...rest] = name.split('/')
  if (rest.length !== 1) return []
  const isMember = account?.namespaces.includes(namespace) === true
  const found = hub.repositories.get(name)
  const mayWrite = isMember && account.rights.includes('write')
  const mayRead = mayWrite || (found !== undefined && (isMember || !found.isPrivate))
  return [
    ...(mayRead ? ['pull'] : []),
    ...(mayWrite ? ['push'] : []),
    ...(isMember && account.rights.includes('delete') ? ['delete'] : []),
  ]
}

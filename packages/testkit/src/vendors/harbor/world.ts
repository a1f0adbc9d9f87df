import type { Core } from '../core.ts'
import type { TokenSigner } from '../jwt.ts'
import type { TicketOffice } from '../ticket.ts'
import type { Login } from '../vendor.ts'

/** A user or a robot. */
export interface HarborAccount extends Login {
  /** What it may do in projects. */
  readonly projects: ReadonlyMap<string, readonly string[]>
  readonly isAdmin: boolean
}

export interface HarborProject {
  readonly id: number
  isPublic: boolean
  /** It mirrors another registry. */
  readonly isProxyCache: boolean
  /** Tags that match can be neither moved nor removed. */
  immutable: RegExp | undefined
  /** Nothing more fits. */
  isFull: boolean
}

export interface HarborWorld {
  readonly core: Core
  readonly host: string
  readonly signer: TokenSigner
  readonly accounts: HarborAccount[]
  readonly tokens: TicketOffice<HarborAccount | undefined>
  readonly projects: Map<string, HarborProject>
}

export const everything: readonly string[] = ['pull', 'push', 'delete', 'scanner-pull']

export function projectOf(repository: string): string {
  return repository.split('/', 1)[0] ?? ''
}

export function accountOf({ accounts }: HarborWorld, login: Login | undefined): HarborAccount | undefined {
  return accounts.find(
    ({ username, password }) => username === login?.username && password === login.password,
  )
}

/** All that an account may do in a repository; nothing where there is no project. */
export function actionsOf(
  { projects }: HarborWorld,
  account: HarborAccount | undefined,
  repository: string,
): readonly string[] {
  const name = projectOf(repository)
  const project = projects.get(name)
  if (project === undefined) return []
  if (account?.isAdmin === true) return everything
  return account?.projects.get(name) ?? (project.isPublic ? ['pull'] : [])
}

export function createProject(
  { projects }: Pick<HarborWorld, 'projects'>,
  name: string,
  options: Partial<HarborProject> = {},
): void {
  const fresh = {
    id: projects.size + 1,
    isPublic: false,
    isProxyCache: false,
    immutable: undefined,
    isFull: false,
  }
  projects.set(name, { ...fresh, ...options })
}

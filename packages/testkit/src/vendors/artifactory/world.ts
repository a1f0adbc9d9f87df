import type { Core } from '../core.ts'
import type { TicketOffice } from '../ticket.ts'
import type { Login } from '../vendor.ts'

/** A user; the password is an identity or access token. */
export interface JfrogUser extends Login {
  /** What it may do in repositories, by key. */
  readonly permissions: ReadonlyMap<string, readonly ('read' | 'deploy' | 'delete')[]>
  readonly isAdmin: boolean
}

export interface JfrogRepository {
  readonly packageType: string
  readonly rclass: 'local' | 'remote' | 'virtual'
  /** Of a virtual one: where pushes go. */
  readonly defaultDeploymentRepo?: string
}

export interface Jfrog {
  readonly core: Core
  readonly host: string
  readonly users: readonly JfrogUser[]
  readonly tokens: TicketOffice<JfrogUser>
  /** By key. */
  readonly repositories: Map<string, JfrogRepository>
}

export function keyOf(path: string): string {
  return path.split('/', 1)[0] ?? ''
}

export function userOf({ users }: Jfrog, login: Login | undefined): JfrogUser | undefined {
  return users.find(({ username, password }) => username === login?.username && password === login.password)
}

export function may(user: JfrogUser, key: string, permission: 'read' | 'deploy' | 'delete'): boolean {
  return user.isAdmin || user.permissions.get(key)?.includes(permission) === true
}

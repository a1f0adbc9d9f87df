import { randomBytes } from 'node:crypto'
import type { Action } from './route.ts'

/** What a token or password that was handed out stands for. */
export interface Ticket<Holder> {
  readonly holder: Holder
  /** What it allows in each repository; undefined for all that its holder may. */
  readonly scopes: ReadonlyMap<string, ReadonlySet<string>> | undefined
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Tokens that were handed out. Their time is that of this machine plus what a test has let pass. */
export class TicketOffice<Holder> {
  readonly #tickets = new Map<string, Ticket<Holder>>()
  #passed = 0
  #issued = 0

  /** How many tokens were handed out. */
  get issued(): number {
    return this.#issued
  }

  now(): number {
    return Date.now() + this.#passed
  }

  /** Lets time pass for the tokens handed out, and for nothing else. */
  pass(milliseconds: number): void {
    this.#passed += milliseconds
  }

  issue(
    value: string,
    ticket: { holder: Holder; lifeMs: number; scopes?: Ticket<Holder>['scopes'] },
  ): string {
    this.#issued += 1
    const { holder, lifeMs, scopes } = ticket
    this.#tickets.set(value, { holder, scopes, expiresAt: this.now() + lifeMs })
    return value
  }

  /** The ticket, also when its time is over. */
  find(value: string | undefined): { ticket: Ticket<Holder>; expired: boolean } | undefined {
    const ticket = value === undefined ? undefined : this.#tickets.get(value)
    return ticket === undefined ? undefined : { ticket, expired: ticket.expiresAt <= this.now() }
  }

  /** Undefined for one that is unknown or over. */
  valid(value: string | undefined): Ticket<Holder> | undefined {
    const found = this.find(value)
    return found === undefined || found.expired ? undefined : found.ticket
  }

  /** Ends all that were handed out so far. */
  expireAll(): void {
    for (const [value, ticket] of this.#tickets) this.#tickets.set(value, { ...ticket, expiresAt: 0 })
  }
}

/** `repository:NAME:pull,push` and the like; a name may hold colons. */
export function parseScopes(scopes: readonly string[]): { type: string; name: string; actions: string[] }[] {
  return scopes
    .flatMap((scope) => scope.split(' '))
    .filter((scope) => scope !== '')
    .map((scope) => {
      const [type = '', ...rest] = scope.split(':')
      const actions = rest.length > 1 ? (rest.pop() ?? '') : ''
      return { type, name: rest.join(':'), actions: actions.split(',').filter((action) => action !== '') }
    })
}

export function allows(ticket: Ticket<unknown>, repository: string, action: Action): boolean {
  return ticket.scopes === undefined || ticket.scopes.get(repository)?.has(action) === true
}

export function randomToken(prefix: string, bytes = 24): string {
  return `${prefix}${randomBytes(bytes).toString('base64url')}`
}

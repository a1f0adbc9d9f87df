import { createHmac, randomBytes } from 'node:crypto'
import { ChartroomError } from '@chartroom/errors'
import { compare } from 'bcryptjs'
import type { Htpasswd } from './htpasswd.ts'
import { limits } from './limits.ts'

/** Tells right passwords from wrong ones; at once where it was asked the same a short time ago. */
export class Passwords {
  readonly #users: Htpasswd
  readonly #key = randomBytes(32)
  // By a keyed hash of name, password and stored hash: a changed file makes the entry unreachable, and memory holds
  // no password.
  readonly #known = new Map<string, { right: boolean; until: number }>()
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(users: Htpasswd) {
    this.#users = users
  }

  /** Throws `RATE_LIMITED` when too many checks wait. */
  check(user: string, password: string): boolean | Promise<boolean> {
    const stored = this.#users.hash(user)
    const hash = stored ?? nobody
    const id = createHmac('sha256', this.#key)
      .update(JSON.stringify([user, password, hash]))
      .digest('base64')
    const before = this.#known.get(id)
    if (before !== undefined && before.until > Date.now()) return before.right
    if (Buffer.byteLength(password) > limits.passwordBytes) return false
    return this.#checkInTurn(password, hash).then((right) =>
      this.#remember(id, right && stored !== undefined),
    )
  }

  // One at a time: a check takes tens of milliseconds of this thread, in slices between which others are served.
  async #checkInTurn(password: string, hash: string): Promise<boolean> {
    if (this.#waiting >= limits.waitingChecks) {
      throw new ChartroomError('RATE_LIMITED', 'too many passwords are being checked', {
        hint: 'Try again in a moment.',
      })
    }
    this.#waiting += 1
    const turn = this.#last.then(() => compare(password, hash))
    this.#last = turn.then(undefined, () => undefined)
    try {
      return await turn
    } finally {
      this.#waiting -= 1
    }
  }

  #remember(id: string, right: boolean): boolean {
    const lifetime = right ? limits.rememberedMs : limits.refusedMs
    this.#known.delete(id)
    this.#known.set(id, { right, until: Date.now() + lifetime })
    if (this.#known.size > limits.rememberedChecks) this.#known.delete(this.#known.keys().next().value ?? '')
    return right
  }
}

// Compared where there is no such user, so that the time taken does not tell which names exist.
const nobody = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'

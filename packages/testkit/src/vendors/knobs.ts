import type { Answer, Call } from './message.ts'

/** What a test can make a vendor do. */
export interface Knobs {
  /** All tokens handed out so far end now. */
  expireTokens(): void
  /** They end when a request comes that matches, before it is answered. Once. */
  expireTokensAt(matches: (call: Call) => boolean): void
  /** The next requests to the registry, one unless said otherwise, are answered 429. */
  limitRate(options?: RateLimit): void
}

export interface RateLimit {
  readonly count?: number
  /** Of the `Retry-After` header. */
  readonly seconds?: number
}

export interface KnobParts {
  readonly expireAll: () => void
  readonly tooMany: (retryAfter: string) => Answer
}

export interface KnobBox {
  readonly knobs: Knobs
  /** To be asked before each request to the registry; undefined for one that takes its course. */
  answer(call: Call): Answer | undefined
}

export function createKnobs({ expireAll, tooMany }: KnobParts): KnobBox {
  let expireAt: ((call: Call) => boolean) | undefined
  let limited = 0
  let retryAfter = '1'
  return {
    knobs: {
      expireTokens: expireAll,
      expireTokensAt(matches) {
        expireAt = matches
      },
      limitRate({ count = 1, seconds = 1 } = {}) {
        limited = count
        retryAfter = String(seconds)
      },
    },
    answer(call) {
      if (expireAt?.(call) === true) {
        expireAt = undefined
        expireAll()
      }
      if (limited <= 0) return undefined
      limited -= 1
      return tooMany(retryAfter)
    },
  }
}

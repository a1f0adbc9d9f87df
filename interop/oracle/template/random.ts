/** Choices that a seed decides, the same on every machine (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    // Neighbouring seeds begin with alike numbers otherwise.
    this.#state = Math.imul(seed + 1, 0x9e3779b1)
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  chance(of: number): boolean {
    return this.next() < of
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.between(0, items.length - 1)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  /** One of the makers, by weight. */
  weighted<T>(makers: readonly (readonly [weight: number, make: () => T])[]): T {
    let rest = this.next() * makers.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, make] of makers) {
      rest -= weight
      if (rest < 0) return make()
    }
    throw new Error('nothing to make')
  }

  list<T>(length: number, make: (index: number) => T): T[] {
    return Array.from({ length }, (_, index) => make(index))
  }
}

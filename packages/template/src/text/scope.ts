/**
 * The variables that a place in a template sees, and their slots in the frame of its execution.
 *
 * Go's parser lets a name pass that it has seen declared, assigned, or on the left of the same pipeline; the
 * execution looks for the one declared last. So names and slots are two lists.
 */
export class Scope {
  /** Slots of a frame; the first is `$`. */
  slots = 1
  readonly #seen: string[] = ['$']
  readonly #names: string[] = ['$']
  readonly #slots: number[] = [0]
  /** Slots declared inside parentheses, which `and` and `or` may skip, and the slot seen instead. */
  readonly skippable: Map<number, number> = new Map()

  /** The parser has read a name on the left of a pipeline. */
  see(name: string): void {
    this.#seen.push(name)
  }

  sees(name: string): boolean {
    return this.#seen.includes(name)
  }

  /** The pipeline that gives a variable its value is complete. */
  declare(name: string, skippable: boolean): number {
    const slot = this.slots++
    if (skippable) this.skippable.set(slot, this.find(name))
    this.#names.push(name)
    this.#slots.push(slot)
    return slot
  }

  /** The slot of the variable declared last, -1 where there is none. */
  find(name: string): number {
    return this.#slots[this.#names.lastIndexOf(name)] ?? -1
  }

  mark(): readonly [seen: number, names: number] {
    return [this.#seen.length, this.#names.length]
  }

  /** At the `end` of a block its variables are gone. */
  release([seen, names]: readonly [seen: number, names: number]): void {
    this.#seen.length = seen
    this.#names.length = names
    this.#slots.length = names
  }

  /** At its `else` the parser still lets their names pass, but nothing has declared them. */
  releaseBody([, names]: readonly [seen: number, names: number]): void {
    this.#names.length = names
    this.#slots.length = names
  }
}

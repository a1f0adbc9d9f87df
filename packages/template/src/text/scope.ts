/**
 * The variables that a place in a template sees, and their slots in the frame of its execution.
 *
 * Go's parser lets a name pass that it has seen declared, assigned, or on the left of the same pipeline; the
 * execution looks for the one declared last. So names and slots are two lists.
 * (Names with `#` would be looked up by key, each time.)
 */
export class Scope {
  /** Slots of a frame; the first is `$`. */
  slots = 1
  private readonly seenNames: string[] = ['$']
  private readonly declaredNames: string[] = ['$']
  private readonly declaredSlots: number[] = [0]
  /** Slots declared inside parentheses, which `and` and `or` may skip, and the slot seen instead. */
  skippable: Map<number, number> = none

  /** The parser has read a name on the left of a pipeline. */
  see(name: string): void {
    this.seenNames.push(name)
  }

  sees(name: string): boolean {
    return this.seenNames.includes(name)
  }

  /** The pipeline that gives a variable its value is complete. */
  declare(name: string, skippable: boolean): number {
    const slot = this.slots++
    if (skippable) {
      if (this.skippable === none) this.skippable = new Map()
      this.skippable.set(slot, this.find(name))
    }
    this.declaredNames.push(name)
    this.declaredSlots.push(slot)
    return slot
  }

  /** The slot of the variable declared last, -1 where there is none. */
  find(name: string): number {
    return this.declaredSlots[this.declaredNames.lastIndexOf(name)] ?? -1
  }

  /** How many names the parser lets pass. */
  get seen(): number {
    return this.seenNames.length
  }

  /** How many variables are declared. */
  get declared(): number {
    return this.declaredNames.length
  }

  /** At the `end` of a block its names pass no more. */
  unsee(count: number): void {
    if (this.seenNames.length > count) this.seenNames.length = count
  }

  /** At its `else`, or `end`, its variables are gone. */
  undeclare(count: number): void {
    if (this.declaredNames.length === count) return
    this.declaredNames.length = count
    this.declaredSlots.length = count
  }
}

/** Most have none, and a map takes much memory. */
const none: Map<number, number> = new Map()

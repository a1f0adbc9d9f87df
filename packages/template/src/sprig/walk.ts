import { FunctionError } from '@chartroom/go'
import { maxDepth, maxVisits } from './limits.ts'

/** A walk through maps and lists, which may be deep or hold themselves: it ends where a limit is. */
export class Walk {
  #depth = 0
  #visits = 0

  enter(): void {
    if (++this.#depth > maxDepth) throw new FunctionError(`the value is nested more than ${maxDepth} deep`)
    if (++this.#visits > maxVisits) throw new FunctionError(`the value holds more than ${maxVisits} values`)
  }

  leave(): void {
    this.#depth--
  }
}

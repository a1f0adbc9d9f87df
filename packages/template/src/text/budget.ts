import { ChartroomError } from '@chartroom/errors'
import { limits } from './limits.ts'

export interface BudgetLimits {
  /** Statements, calls and their arguments. */
  readonly steps?: number
  /** Characters written, also by templates whose output is an argument. */
  readonly output?: number
  /** Templates inside each other. */
  readonly depth?: number
}

/** What a run may use, over all templates it executes; beyond it the run fails with `LIMIT_EXCEEDED`. */
export class Budget {
  /** Left of the run. */
  steps: number
  output: number
  readonly depth: number
  readonly #limits: Required<BudgetLimits>

  constructor(given: BudgetLimits = {}) {
    this.#limits = { steps: limits.steps, output: limits.output, depth: limits.templates, ...given }
    this.steps = this.#limits.steps
    this.output = this.#limits.output
    this.depth = this.#limits.depth
  }

  /** The failure of a run that has used up its steps, output or depth. */
  exceeded(what: 'steps' | 'output' | 'depth', template: string): ChartroomError {
    const most = this.#limits[what]
    const text = {
      steps: `takes more than ${most} steps`,
      output: `writes more than ${most} characters`,
      depth: `nests templates more than ${most} deep`,
    }[what]
    return new ChartroomError('LIMIT_EXCEEDED', `template ${template} ${text}`, {
      hint: 'Look for a range or an include that never ends.',
    })
  }
}

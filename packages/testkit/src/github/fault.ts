import type { Answer } from './answer.ts'
import { problem } from './answer.ts'

/**
 * Something that happens to requests whose `METHOD /path` matches.
 *
 * - `answer`: it is answered so, and nothing is done
 * - `cut`: the connection ends before anything is done
 * - `lost`: it is done, and the connection ends before the answer
 * - `half`: of an upload, the connection ends with half of it there; the asset stays a `starter`
 * - `before`: something else happens first, such as another run that is faster
 */
export type Fault = {
  readonly when: RegExp
  /** How often; default once. */
  times?: number
} & (
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'cut' | 'lost' | 'half' }
  | { readonly kind: 'before'; readonly act: () => void }
)

/** The faults of a server, used up in their order. */
export class Faults {
  readonly #faults: Fault[] = []

  add(fault: Fault): void {
    this.#faults.push({ ...fault, times: fault.times ?? 1 })
  }

  /** The next fault of this request, which is counted as having happened. */
  take(line: string): Fault | undefined {
    const fault = this.#faults.find(({ when, times = 0 }) => times > 0 && when.test(line))
    if (fault !== undefined) fault.times = (fault.times ?? 0) - 1
    return fault
  }
}

/** A 5xx, as GitHub's front answers it. */
export function serverError(status: 500 | 502 | 503 | 504): Answer {
  return problem(status, status === 500 ? 'Server Error' : 'Service unavailable')
}

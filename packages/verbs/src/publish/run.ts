import type { ChartroomError } from '@chartroom/errors'
import { asChartroomError } from '@chartroom/errors'
import type { Packed } from '../package/packed.ts'
import type { Status } from '../result.ts'
import type { Destination, PlannedChart, Shown } from './destination.ts'

/** Where one destination stands in a publish run. */
export class DestinationRun {
  readonly destination: Destination
  planned: readonly PlannedChart[] = []
  committed = false
  /** What keeps the whole destination from going on. */
  error: ChartroomError | undefined
  readonly shown = new Map<Packed, Shown>()
  readonly #chartErrors = new Map<Packed, ChartroomError>()

  constructor(destination: Destination) {
    this.destination = destination
  }

  fail(error: unknown, packed?: Packed): void {
    if (packed === undefined) this.error ??= asChartroomError(error)
    else this.#chartErrors.set(packed, asChartroomError(error))
  }

  failed(): boolean {
    return this.error !== undefined || this.#chartErrors.size > 0
  }

  errorOf(packed: Packed): ChartroomError | undefined {
    return this.#chartErrors.get(packed) ?? this.error
  }

  statusOf({ packed, action }: PlannedChart, elsewhereFailed: boolean): Status {
    if (this.errorOf(packed) !== undefined) return 'failed'
    if (this.committed || action === 'unchanged') return 'done'
    return this.failed() || elsewhereFailed ? 'skipped' : 'planned'
  }
}

import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'
import type { DestinationRun } from './run.ts'

/** Reads back what each committed destination now answers, also to those who have no login. */
export async function verify(runs: readonly DestinationRun[]): Promise<void> {
  await Promise.all(runs.filter((run) => run.committed).map(verifyOne))
}

async function verifyOne(run: DestinationRun): Promise<void> {
  await pool(run.planned, concurrency, async (planned) => {
    try {
      await run.destination.verify(planned)
      const shown = await run.destination.show?.(planned)
      if (shown !== undefined) run.shown.set(planned.packed, shown)
    } catch (error) {
      run.fail(error, planned.packed)
    }
  })
}

import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'
import type { DestinationRun } from './run.ts'

/** Uploads everything everywhere. After a failure the others finish, so that the next run finds more there. */
export async function stage(runs: readonly DestinationRun[]): Promise<void> {
  await Promise.all(runs.map(stageOne))
  if (runs.some((run) => run.failed()))
    await Promise.all(runs.map(async (run) => run.destination.abandon?.()))
}

async function stageOne(run: DestinationRun): Promise<void> {
  await pool(run.planned, concurrency, async (planned) => {
    try {
      await run.destination.stage(planned)
    } catch (error) {
      run.fail(error, planned.packed)
    }
  })
}

import type { DestinationRun } from './run.ts'

/** Moves tags and indexes. One destination's failure does not keep the others from their promise. */
export async function commit(runs: readonly DestinationRun[]): Promise<void> {
  await Promise.all(
    runs.map(async (run) => {
      try {
        await run.destination.commit(run.planned)
        run.committed = true
      } catch (error) {
        run.fail(error)
        await run.destination.abandon?.()
      }
    }),
  )
}

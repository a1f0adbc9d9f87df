import { ChartroomError } from '@chartroom/errors'
import type { Packed } from '../package/packed.ts'
import type { Destination, PlannedChart } from './destination.ts'
import { DestinationRun } from './run.ts'

/** Asks every destination what it would do; conflicts are found here, before anything is uploaded. */
export async function plan(
  charts: readonly Packed[],
  destinations: readonly Destination[],
): Promise<DestinationRun[]> {
  refuseTwoOfOneVersion(charts)
  return Promise.all(destinations.map((destination) => planOne(charts, destination)))
}

async function planOne(charts: readonly Packed[], destination: Destination): Promise<DestinationRun> {
  const run = new DestinationRun(destination)
  try {
    run.planned = await destination.plan(charts)
  } catch (error) {
    run.fail(error)
  }
  for (const planned of run.planned) {
    if (planned.action === 'conflict') run.fail(conflict(planned), planned.packed)
  }
  return run
}

function conflict({ packed, reference }: PlannedChart): ChartroomError {
  const { name, version } = packed.chart.metadata
  return new ChartroomError('CONFLICT', `${name} ${version} exists with other content at ${reference}`, {
    op: 'plan',
    origin: reference,
    hint: 'Raise the version in Chart.yaml, or pass --force to replace what is there.',
  })
}

function refuseTwoOfOneVersion(charts: readonly Packed[]): void {
  const seen = new Map<string, Packed>()
  for (const packed of charts) {
    const { name, version } = packed.chart.metadata
    const key = `${name} ${version}`
    if (seen.has(key)) {
      throw new ChartroomError('USAGE', `${key} is given twice`, {
        hint: 'Each version of a chart can be published once in a run.',
      })
    }
    seen.set(key, packed)
  }
}

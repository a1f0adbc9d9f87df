import { setTimeout as sleep } from 'node:timers/promises'
import { ChartroomError } from '@chartroom/errors'

/** Waits. Throws `ABORTED` when the signal comes first. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    throw new ChartroomError('ABORTED', 'the operation was stopped', { cause: error })
  }
}

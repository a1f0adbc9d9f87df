import type { ChartroomError } from '@chartroom/errors'
import { asChartroomError } from '@chartroom/errors'

/** What is wrong with a chart, out of what was thrown. A defect of our own is no finding: it is thrown on. */
export function chartFault(thrown: unknown): ChartroomError {
  const error = asChartroomError(thrown)
  if (error.code === 'INTERNAL') throw error
  return error
}

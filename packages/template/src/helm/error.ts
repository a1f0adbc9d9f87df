import type { ErrorDetails } from '@chartroom/errors'
import { ChartroomError } from '@chartroom/errors'

/** A chart that cannot be rendered, in Helm's words. */
export function renderError(message: string, details: ErrorDetails = {}): ChartroomError {
  return new ChartroomError('RENDER_FAILED', message, details)
}

/** Values that cannot be read or that a schema refuses, in Helm's words. */
export function valuesError(message: string, details: ErrorDetails = {}): ChartroomError {
  return new ChartroomError('VALUES_INVALID', message, details)
}

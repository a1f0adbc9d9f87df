import { asChartroomError, exitCodeOf, printable } from '@chartroom/errors'
import type { Io } from './io.ts'

/** Prints an error for a person and gives the exit code of the process. */
export function fail(io: Io, thrown: unknown, debug: boolean): number {
  const error = asChartroomError(thrown)
  const where = error.op === undefined ? '' : `${error.op}: `
  io.err(`Error: ${where}${printable(error.message)} (${error.code})\n`)
  if (error.hint !== undefined) io.err(`Hint: ${printable(error.hint)}\n`)
  if (debug && error.stack !== undefined) io.err(`${printable(error.stack)}\n`)
  return exitCodeOf(error)
}

import { writeSync } from 'node:fs'
import { stringBytes } from '@chartroom/go'

/** Where a command reads and prints. Results go to `out`, everything else to `err`; bytes may be escaped as in Go's strings. */
export interface Io {
  readonly stdin: NodeJS.ReadStream
  readonly outIsTerminal: boolean
  readonly errIsTerminal: boolean
  readonly columns: number
  /** Colour and redrawing allowed on `err`. */
  readonly fancy: boolean
  out(text: string): void
  err(text: string): void
}

/** Streams are opened when asked for: each costs milliseconds that most commands need not spend. */
export function systemIo(): Io {
  const { env } = process
  const plain = Boolean(env.NO_COLOR) || env.TERM === 'dumb' || Boolean(env.CI)
  return {
    get stdin() {
      return process.stdin
    },
    get outIsTerminal() {
      return process.stdout.isTTY
    },
    get errIsTerminal() {
      return process.stderr.isTTY
    },
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns : 100
    },
    get fancy() {
      return process.stderr.isTTY && !plain
    },
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
  }
}

// Synchronous, so that nothing is lost when the process ends; a pipe may take a long text in parts.
function writeAll(descriptor: number, text: string): void {
  let rest = stringBytes(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      if (error.code === 'EPIPE') return
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

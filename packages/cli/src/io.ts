import { fstatSync, writeSync } from 'node:fs'
import { stringBytes } from './string-bytes.ts'

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
      return mayBeTerminal(1) && process.stdout.isTTY
    },
    get errIsTerminal() {
      return mayBeTerminal(2) && process.stderr.isTTY
    },
    get columns() {
      return this.outIsTerminal ? process.stdout.columns : 100
    },
    get fancy() {
      return this.errIsTerminal && !plain
    },
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
  }
}

/** Pipes and files are told without opening a stream for them. */
function mayBeTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    // Nothing is there, or nothing that can be asked: the stream knows what to make of it.
    return true
  }
}

const escapedByte = /[\udc80-\udcff]/u

// Synchronous, so that nothing is lost when the process ends; a pipe may take a long text in parts.
function writeAll(descriptor: number, text: string): void {
  let rest = escapedByte.test(text) ? stringBytes(text) : Buffer.from(text)
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

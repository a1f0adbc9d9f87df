import { writeSync } from 'node:fs'

/** Where a command reads and prints. Results go to `out`, everything else to `err`. */
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

export function systemIo(): Io {
  const { env, stdin, stdout, stderr } = process
  const plain = Boolean(env.NO_COLOR) || env.TERM === 'dumb' || Boolean(env.CI)
  return {
    stdin,
    outIsTerminal: stdout.isTTY,
    errIsTerminal: stderr.isTTY,
    columns: stdout.isTTY ? stdout.columns : 100,
    fancy: stderr.isTTY && !plain,
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
  }
}

// Synchronous, so that nothing is lost when the process ends; a pipe may take a long text in parts.
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text)
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

import type { Environment } from '@chartroom/verbs'
import type { Io } from '../io.ts'
import { run } from '../run.ts'

export interface Called {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in this process, with streams that are no terminal. */
export async function call(argv: readonly string[], environment: Environment): Promise<Called> {
  let stdout = ''
  let stderr = ''
  const io: Io = {
    stdin: process.stdin,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    fancy: false,
    out(text) {
      stdout += text
    },
    err(text) {
      stderr += text
    },
  }
  const code = await run(argv, io, environment)
  return { code, stdout, stderr }
}

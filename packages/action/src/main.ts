import { writeSync } from 'node:fs'
import { runAction, stopSignal } from './action.ts'
import { inputVariable } from './inputs.ts'

const env = { ...process.env }
// Programs that are started without an environment of their own would find the token there.
delete process.env[inputVariable('token')]

const environment = { env, cwd: process.cwd(), platform: process.platform, signal: stopSignal(process) }

runAction(environment, { write: writeAll }).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    // Only a defect of the action itself arrives here.
    process.exitCode = 1
    throw error
  },
)

// Synchronous, so that nothing is lost when the process ends; a pipe may take a long text in parts.
function writeAll(text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      if (error.code === 'EPIPE') return
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

import { systemIo } from './io.ts'
import { run } from './run.ts'

run(process.argv.slice(2), systemIo()).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    // Only a defect of the command line itself arrives here.
    process.exitCode = 1
    throw error
  },
)

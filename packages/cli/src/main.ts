import { systemIo } from './io.ts'
import { run } from './run.ts'

const environment = { env: process.env, cwd: process.cwd(), platform: process.platform }

run(process.argv.slice(2), systemIo(), environment).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    // Only a defect of the command line itself arrives here.
    process.exitCode = 1
    throw error
  },
)

import { systemIo } from './io.ts'
import { run } from './run.ts'

export { withUsualFlags } from './optimiser.ts'

const environment = { env: process.env, cwd: process.cwd(), platform: process.platform }

start(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    // Only a defect of the command line itself arrives here.
    process.exitCode = 1
    throw error
  },
)

/** The first word is written by the launcher of `docker-credential-chartroom`, which is the same program. */
async function start(argv: readonly string[]): Promise<number> {
  if (argv[0] !== 'docker-credential') return run(argv, systemIo(), environment)
  const { serveCredentials } = await import('./docker-credential.ts')
  return serveCredentials(argv.slice(1), environment, { io: systemIo(), input: process.stdin })
}

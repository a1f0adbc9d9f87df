import { systemIo } from './io.ts'
import { run } from './run.ts'

const environment = { env: process.env, cwd: process.cwd(), platform: process.platform }

start(process.argv.slice(2)).then(
  // At once: V8 would first end what it does in the background. All output is written by now.
  (code) => process.exit(code),
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

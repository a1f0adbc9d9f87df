import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { bundleProgram } from '@chartroom/testkit'

export interface Publication {
  readonly folder: string
  /** Of the chart `app`. */
  readonly versions: readonly string[]
  /** Bytes of a provenance file beside each archive. */
  readonly provenance?: number
  /** No file may grow beyond this many blocks of 1024 bytes, as on a disk that fills up. */
  readonly blocks?: number
}

/** Publishes in a process of its own and gives the code of its error, if any. */
export type Publish = (publication: Publication) => Promise<string>

/** The program is made in this folder. */
export async function publisher(home: string): Promise<Publish> {
  const program = await bundleProgram(new URL('./publish-program.ts', import.meta.url), home)
  const run = promisify(execFile)
  return async ({ folder, versions, provenance = 0, blocks }) => {
    const args = [program, folder, String(provenance), ...versions]
    const limited = ['-c', `ulimit -f ${blocks}; exec "$@"`, 'bash', process.execPath, ...args]
    const { stdout } = blocks === undefined ? await run(process.execPath, args) : await run('bash', limited)
    return stdout
  }
}

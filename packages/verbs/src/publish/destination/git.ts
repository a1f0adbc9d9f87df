import { resolve } from 'node:path'
import { BranchWriter, parseGitAddress } from '@chartroom/repository/node'
import type { Environment } from '../../environment.ts'
import type { Destination } from '../destination.ts'
import { ClassicDestination } from './classic.ts'

export interface GitDestinationOptions {
  /** `git+https://HOST/REPOSITORY#BRANCH:FOLDER`, as the user wrote it. */
  readonly to: string
  readonly environment: Environment
  /** Address that the branch is served at. */
  readonly repoUrl?: string | undefined
  readonly caFile?: string | undefined
  /** git may ask for a login at the terminal. */
  readonly mayAsk?: boolean | undefined
  /** Milliseconds without a sign of life from the remote; default 60,000. */
  readonly idleTimeout?: number | undefined
  readonly force: boolean
}

/** A classic repository on a branch. Throws `USAGE` for an address that no branch can have. */
export function gitDestination(options: GitDestinationOptions): Destination {
  const { to, environment, caFile, force, repoUrl, mayAsk, idleTimeout } = options
  const { env, cwd, signal } = environment
  const address = parseGitAddress(to)
  return new ClassicDestination({
    to,
    kind: 'git',
    prefix: `${to.replace(/\/+$/, '')}${address.folder.length === 0 ? ':' : '/'}`,
    writer: new BranchWriter({
      address,
      env,
      cwd,
      signal,
      repoUrl,
      caFile: caFile === undefined ? undefined : resolve(cwd, caFile),
      mayAsk,
      idleTimeout,
    }),
    force,
  })
}

import type { Ended, Home } from '../workspace.ts'
import { program, run } from '../workspace.ts'

export interface CallOptions {
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly input?: string | undefined
}

/** Runs the built program in a home; a failure is a result. */
export function chartroom(home: Home, args: readonly string[], options: CallOptions = {}): Promise<Ended> {
  const { env, input } = options
  return run(process.execPath, [program, ...args], {
    cwd: home.folder,
    env: { ...home.env, ...env },
    input,
  })
}

import { spawn } from 'node:child_process'
import type { Value } from './expression.ts'

/** What stands under `permissions:` of a job. */
export type Permissions = Readonly<Record<string, string>>

/** Where workflows run: a repository of somebody's, and the servers it lies on. */
export interface Machine {
  /** `OWNER/NAME` */
  readonly repository: string
  /** `https://github.com` */
  readonly serverUrl: string
  readonly apiUrl: string
  /** A folder for homes, checkouts and what steps leave. */
  readonly folder: string
  /** What every process starts with: the path, proxies, certificates. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The job's own token, which may do what its permissions say and no more. */
  tokenFor(permissions: Permissions): string
  /** Between two jobs, for what a person does meanwhile. */
  readonly beforeJob?: (id: string) => void | Promise<void>
}

export interface Trigger {
  readonly name: 'push' | 'pull_request' | 'workflow_dispatch'
  /** `refs/tags/chart-v0.3.0` */
  readonly ref: string
  readonly sha: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly payload?: Readonly<Record<string, Value>>
  readonly headRef?: string
  readonly baseRef?: string
}

export interface Ran {
  readonly code: number
  /** Both streams, as they came. */
  readonly printed: string
}

export interface ProcessOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Ended after so many milliseconds. */
  readonly limit: number
}

/** Runs a process of a step to its end; one that takes too long is killed with all it started. */
export function runProcess(file: string, args: readonly string[], options: ProcessOptions): Promise<Ran> {
  const { cwd, env, limit } = options
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    const timer = setTimeout(() => {
      chunks.push(Buffer.from('\nThe operation was canceled: its time is over.\n'))
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, limit)
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, printed: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

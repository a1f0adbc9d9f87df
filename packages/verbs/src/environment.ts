/** The process a verb runs for, as data: nothing in this package reads `process` itself. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly platform: NodeJS.Platform
  /** Aborted when the process is to stop: it ends every request. */
  readonly signal?: AbortSignal | undefined
}

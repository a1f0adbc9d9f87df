import type { Finding } from '../finding.ts'

/** What lint found in one chart. */
export interface LintedChart {
  /** As the user named it. */
  readonly path: string
  /** Where its files are found from the folder that the report is about, with `/`; as `path` for an archive. */
  readonly location: string
  readonly findings: readonly Finding[]
  /** Why there is no chart to lint at all; there are no findings then. */
  readonly unreadable?: string | undefined
  /** Whether a finding is bad enough to fail, or it is unreadable. */
  readonly failed: boolean
}

/** A chart folder, and what it is linted with. */
export interface LintCase {
  readonly files: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, unknown>>
  readonly kubeVersion?: string
  readonly skipSchema?: boolean
}

export const cases: Readonly<Record<string, LintCase>>
export const largeCases: Readonly<Record<string, LintCase>>

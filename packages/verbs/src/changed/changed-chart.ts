/** What has become of a chart since a revision. */
export interface ChangedChart {
  /** Its folder, relative to the working folder, with `/`. */
  readonly chart: string
  readonly name: string
  /** `moved` is a chart of the same name that lay in another folder. */
  readonly change: 'unchanged' | 'changed' | 'added' | 'moved' | 'deleted'
  /** Whether its package is another one: false for `unchanged`, and for `moved` with the same content. */
  readonly changed: boolean
  /** Where it lay, for `moved`. */
  readonly oldChart?: string
  /** Undefined for a chart that is new, and where the old Chart.yaml cannot be read. */
  readonly oldVersion?: string
  /** Undefined for a chart that is deleted. */
  readonly version?: string
  /** False for a chart that has changed and has no higher version than before. */
  readonly bumped: boolean
  /** The least version that would do, where `bumped` is false. */
  readonly nextVersion?: string
  /** The files that make it changed, relative to the working folder; also those of `file://` dependencies. */
  readonly files: readonly string[]
}

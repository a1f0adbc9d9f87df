/** Something that lint has to say about a chart. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'info'
  /** The file, relative to the chart. */
  readonly path: string
  readonly message: string
}

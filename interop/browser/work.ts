/** A chart that the page renders. */
export interface Work {
  readonly files: readonly { readonly name: string; readonly base64: string }[]
  /** The text of a values file. */
  readonly values?: string | undefined
}

/** What came of it: what `helm template` would print, or the message of the error. */
export interface Answer {
  readonly output?: string
  readonly error?: string
}

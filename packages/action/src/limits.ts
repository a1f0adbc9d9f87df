/** Bounds on what the action reads, writes and waits for. */
export const limits = {
  /** Of a step's summary, in bytes: the runner refuses more. */
  summaryBytes: 1024 * 1024,
  /** Of one output, in UTF-16 code units: GitHub takes no more. */
  outputLength: 1024 * 1024,
  /** Of a release's text, in characters, of which GitHub takes 125,000. */
  releaseBody: 120_000,
  /** Lines of an input that is a list. */
  inputLines: 1000,
  /** An answer of the GitHub API. */
  answerBytes: 8 * 1024 * 1024,
  /** An asset that is read because the server tells no digest. */
  assetBytes: 100 * 1024 * 1024,
  /** Tries of one request, and of one upload. */
  attempts: 5,
  /** Milliseconds before a second try, doubled for each further one. */
  firstWait: 500,
  /** Milliseconds that a rate limit is waited for at most. */
  longestWait: 90_000,
  /** Pages of a hundred releases that are looked through for a draft. */
  releasePages: 10,
  /** Times that another run may be faster before this one gives up. */
  races: 3,
  /** Tries of `verify` for what the registry does not show yet. */
  verifyAttempts: 6,
} as const

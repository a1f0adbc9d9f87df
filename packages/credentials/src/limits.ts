/** What files and helpers may demand of us at most. */
export const limits = {
  /** Bytes of a file with logins. */
  configBytes: 4 * 1024 * 1024,
  /** Bytes of a helper's answer. */
  helperBytes: 1024 * 1024,
  /** Milliseconds for a helper to answer; some of them wait for a person. */
  helperMilliseconds: 30_000,
} as const

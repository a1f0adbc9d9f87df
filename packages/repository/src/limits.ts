/** What a repository and its index may demand of us at most. */
export const limits = {
  indexBytes: 256 * 1024 * 1024,
  /** Chart versions of one index. */
  entries: 500_000,
  /** Lists and maps within each other in one entry. */
  depth: 100,
  archiveBytes: 100 * 1024 * 1024,
  provenanceBytes: 5 * 1024 * 1024,
} as const

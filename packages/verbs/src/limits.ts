/** Bounds on what the verbs read; the packages below have their own. */
export const limits = {
  manifestBytes: 4 * 1024 * 1024,
  configBytes: 4 * 1024 * 1024,
  archiveBytes: 100 * 1024 * 1024,
  provenanceBytes: 5 * 1024 * 1024,
  indexDepth: 3,
} as const

/** Charts worked on at once. */
export const concurrency = 8

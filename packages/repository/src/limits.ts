export const limits = {
  indexBytes: 256 * 1024 * 1024,
  entries: 500_000,
  archiveBytes: 100 * 1024 * 1024,
  provenanceBytes: 5 * 1024 * 1024,
} as const

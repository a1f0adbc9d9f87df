/** What one store accepts and keeps in memory. Sizes in bytes, times in milliseconds. */
export interface StoreLimits {
  /** OCI distribution-spec, Pushing Manifests: at least 4 MiB must be possible. */
  readonly manifestBytes: number
  readonly blobBytes: number
  /** Upload sessions of one process at a time. */
  readonly uploads: number
  /** After this long without a byte a session ends. */
  readonly uploadIdleMs: number
  /** Content kept in memory for reading, all repositories together. */
  readonly memoryBytes: number
  /** Larger content is never kept in memory. */
  readonly memoryItemBytes: number
  /** Repositories whose tag list is kept in memory. */
  readonly openRepositories: number
}

export const defaultLimits: StoreLimits = {
  manifestBytes: 4 * 1024 * 1024,
  blobBytes: 64 * 1024 ** 3,
  uploads: 10_000,
  uploadIdleMs: 3_600_000,
  memoryBytes: 64 * 1024 * 1024,
  memoryItemBytes: 1024 * 1024,
  openRepositories: 10_000,
}

/** Bounds on what the verbs read; the packages below have their own. */
export const limits = {
  manifestBytes: 4 * 1024 * 1024,
  configBytes: 4 * 1024 * 1024,
  archiveBytes: 100 * 1024 * 1024,
  provenanceBytes: 5 * 1024 * 1024,
  /** A blob of a new version up to this size is sent without asking whether it is there. */
  unaskedBytes: 64 * 1024,
  indexDepth: 3,
  /** Dependencies of one chart. */
  dependencies: 1000,
  /** Charts in folders that depend on charts in folders. */
  localDepth: 16,
  /** Of the file that remembers where blobs lie: beyond it, the older half is forgotten. */
  placementBytes: 1024 * 1024,
  /** A file of values. */
  valuesBytes: 5 * 1024 * 1024,
  /** Folders inside `charts/` that lint looks through for charts. */
  folderDepth: 64,
  /** Tags, and manifests, of a repository that is pruned. */
  prunedManifests: 50_000,
  /** Names of a catalog that doctor reads to find one that may have been meant. */
  catalogNames: 20_000,
} as const

/** Charts worked on at once. */
export const concurrency = 8

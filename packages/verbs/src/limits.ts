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
  /** Objects of one side of a comparison. */
  comparedObjects: 20_000,
  /** Lists inside each other, in what a template gives. */
  listDepth: 8,
  /** Lines that are new or gone before two texts are taken for wholly different. */
  diffEdits: 2000,
  /** The same for all objects of a comparison together: the time grows with the square of each. */
  allDiffEdits: 100_000,
  /** Differences as Markdown: a step summary on GitHub may have 1 MiB, with other things in it. */
  markdownBytes: 900 * 1024,
  /** What git prints of names and hashes of files. */
  gitOutputBytes: 64 * 1024 * 1024,
  /** Files of a git revision that are checked out to be rendered. */
  revisionFiles: 100_000,
  /** Folders that are searched for charts, and how deep. */
  searchedFolders: 5000,
  searchedDepth: 4,
  /** What a post-renderer writes. */
  postRenderedBytes: 256 * 1024 * 1024,
  /** Names that the templates of a chart look up, and how often they run for it. */
  hostNames: 1000,
  hostRuns: 16,
  kubeconfigBytes: 16 * 1024 * 1024,
} as const

/** Charts worked on at once. */
export const concurrency = 8

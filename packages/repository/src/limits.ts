/** What a repository and its index may demand of us at most. */
export const limits = {
  indexBytes: 256 * 1024 * 1024,
  /** Chart versions of one index. */
  entries: 500_000,
  /** Lists and maps within each other in one entry. */
  depth: 100,
  archiveBytes: 100 * 1024 * 1024,
  provenanceBytes: 5 * 1024 * 1024,
  /** Folders within each other down to an index on a branch. */
  branchDepth: 16,
  /** Of what git prints for us to read, where it is no file of the branch. */
  gitOutputBytes: 64 * 1024 * 1024,
  /** Of what git says beside it: the end is kept. */
  gitErrorCharacters: 64 * 1024,
  /** Milliseconds without a sign of life from git. */
  gitIdle: 60_000,
  /** Times that a branch is built anew because another publisher was faster. */
  pushTries: 30,
} as const

/** What the registry accepts. Sizes in bytes, times in milliseconds. */
export const limits = {
  /** Tags, repositories or referrers in one page. */
  page: 1_000,
  /** Tags on one manifest push (distribution-spec, Pushing Manifests: at least 10). */
  tagsPerPush: 100,
  referrersPageBytes: 3 * 1024 * 1024,
  /** `Authorization` and thereby the password. */
  authorization: 16 * 1024,
  /** bcrypt itself reads no further. */
  passwordBytes: 72,
  /** Password checks that may wait; each takes some tens of milliseconds. */
  waitingChecks: 64,
  /** Users and passwords remembered at a time. */
  rememberedChecks: 1_000,
  rememberedMs: 300_000,
  refusedMs: 10_000,
  htpasswdBytes: 1024 * 1024,
  accessBytes: 1024 * 1024,
  /** Patterns of an access file, those of all users together. */
  accessRules: 10_000,
  /** A connection without a byte in either direction for this long is closed. */
  idleMs: 120_000,
  /** A kept connection may wait this long for its next request. */
  keepAliveMs: 75_000,
  /** Requests under way may take this long when the server is told to end. */
  closeGraceMs: 10_000,
  closeCheckMs: 50,
  /** Namespaces whose index is kept in memory. */
  namespaces: 1_000,
  /** Views of one namespace kept in memory, for callers who may read different charts of it. */
  namespaceViews: 32,
  /** An index is looked through this often even when no change was counted. */
  indexCheckMs: 10_000,
  /** Config blob of a chart; Helm's own limit for metadata is 4 MiB. */
  configBytes: 4 * 1024 * 1024,
} as const

export const limits = {
  manifestBytes: 4 * 1024 * 1024,
  tokenBytes: 128 * 1024,
  errorBytes: 64 * 1024,
  pageBytes: 16 * 1024 * 1024,
  pages: 10_000,
  redirects: 10,
  graphDepth: 16,
} as const

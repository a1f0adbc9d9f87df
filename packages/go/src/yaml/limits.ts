export const limits = {
  /** Bytes of one document; index files of large repositories reach tens of megabytes. */
  bytes: 128 * 1024 * 1024,
  depth: 100,
  aliases: 100,
  mergeKeys: 10_000,
} as const

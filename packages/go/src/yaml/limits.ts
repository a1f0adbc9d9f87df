export const limits = {
  /** Bytes of one document; index files of large repositories reach tens of megabytes. */
  bytes: 128 * 1024 * 1024,
  /** Collections inside each other (go-yaml: 10,000). */
  depth: 1000,
  /** Values of a document with its aliases written out; an index of 100,000 charts has some three million. */
  values: 10_000_000,
} as const

export const limits = {
  /** Bytes of one document; index files of large repositories reach tens of megabytes. */
  bytes: 128 * 1024 * 1024,
  depth: 100,
  aliases: 100,
  /** Values of a document with its aliases written out; an index of 100,000 charts has some three million. */
  values: 10_000_000,
  mergeKeys: 10_000,
  /** Lines inside brackets that start too far left for the parser, each of which costs a reading. */
  indentedLines: 500,
} as const

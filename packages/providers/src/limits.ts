/** Bounds of what vendors' interfaces answer. */
export const limits = {
  /** Bytes of one answer. */
  answerBytes: 8 << 20,
  /** Pages of one list, of a hundred entries and more each. */
  pages: 200,
  /** Questions whether an operation that was begun is done. */
  polls: 30,
  /** Bytes that a program may print. */
  programBytes: 1 << 20,
  /** Milliseconds for a program to answer. */
  programMilliseconds: 15_000,
} as const

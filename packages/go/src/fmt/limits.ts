export const limits = {
  /** Lists and maps inside each other that are printed; a map that holds itself would never end. */
  depth: 500,
  /** Go's own limit of a width or precision. */
  width: 1_000_000,
} as const

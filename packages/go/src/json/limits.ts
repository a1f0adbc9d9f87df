export const limits = {
  /** Collections inside each other (Go: 10,000), as in YAML. */
  depth: 1000,
} as const

/** Bounds of one template; those of a run are in its `Budget`. */
export const limits = {
  /** Parentheses inside each other. Go takes 10,000, on a stack that grows. */
  parentheses: 500,
  /** Blocks inside each other, and `else if` after `else if`. Go knows no bound. */
  blocks: 1000,
  /** Characters of all templates that are kept parsed, for the next set that has the same text. */
  parsedText: 8 * 1024 * 1024,
  /** Templates inside templates by `{{template}}`, as in Go. */
  templates: 100_000,
  /** Steps of a program in one run. */
  steps: 500_000_000,
  /** Characters that one run writes. */
  output: 256 * 1024 * 1024,
} as const

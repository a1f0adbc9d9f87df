/** Bounds of what charts and their callers give. `setIndex`, `setNesting` and `include` are Helm's own. */
export const limits = {
  /** The highest index of a list in `--set`. */
  setIndex: 65_536,
  /** Dots in a key of `--set`. */
  setNesting: 30,
  /** One template inside itself, by include. */
  include: 1000,
  /** Parts of a schema, those it refers to counted once. */
  schemaNodes: 200_000,
  /** Schemas inside each other, as they are written. */
  schemaDepth: 80,
  /** Checks inside each other; they take the stack of JavaScript, which lasts for twice as many. */
  schemaNesting: 600,
  /** Schemas that values are checked against, one after the other. */
  schemaSteps: 1_000_000,
} as const

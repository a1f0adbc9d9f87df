/** UTF-16 units of a regular expression. */
export const maxExpressionLength: number = 65_536

/** Matches of an expression in one text. */
export const maxMatches: number = 250_000

/** UTF-16 units of a text whose matches are replaced. */
export const maxReplacedLength: number = 16 * 1024 * 1024

/** What Masterminds reads constraints by. */
export interface ConstraintPatterns {
  /** One way to match each text, or a hostile one would take years: blanks are made single before. */
  readonly whole: RegExp
  /** Operator, major, minor, patch and pre-release of each comparator. */
  readonly comparators: RegExp
  /** Two versions with a hyphen between blanks. */
  readonly hyphens: RegExp
}

let made: ConstraintPatterns | undefined

/** Made when first asked for: most ranges need none, and it takes V8 a while. */
export function constraintPatterns(): ConstraintPatterns {
  made ??= make()
  return made
}

function make(): ConstraintPatterns {
  const operator = '=|!=|>|<|>=|=>|<=|=<|~|~>|\\^|'
  // Masterminds takes a bar for a digit, so that a range may reach over two groups; as a version it fails.
  const part = '[0-9|xX*]+'
  const tail = '(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?'
  const comparator = `(${operator}) ?v?(${part})(?:\\.(${part}))?(?:\\.(${part}))?${tail}`
  const ungrouped = withoutGroups(comparator)
  const bound = `v?${part}(?:\\.${part})?(?:\\.${part})?${withoutGroups(tail)}`
  const blank = '[\\t\\n\\f\\r ]'
  return {
    whole: new RegExp(`^${ungrouped}(?:[ ,]${ungrouped})*$`),
    comparators: new RegExp(comparator, 'g'),
    hyphens: new RegExp(`${blank}*(${bound})${blank}+-${blank}+(${bound})${blank}*`, 'g'),
  }
}

function withoutGroups(pattern: string): string {
  return pattern.replace(/\((?!\?)/g, '(?:')
}

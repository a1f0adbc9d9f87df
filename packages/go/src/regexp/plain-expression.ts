/** An expression as one of JavaScript, which needs no engine to be loaded and compiled. */
export interface PlainExpression {
  readonly program: RegExp
  /** Characters of the longest text it may search, all ASCII and no CR: it backtracks, in the worst case for milliseconds. */
  readonly maxLength: number
  readonly matchesEmpty: boolean
}

const maxExpression = 80

/** Undefined for an expression that is not surely the same to JavaScript as to Go, or may backtrack for long. */
export function plainExpression(expression: string): PlainExpression | undefined {
  if (expression.length > maxExpression) return undefined
  const scan = new Scan(expression)
  const inside = scan.whole()
  if (inside === undefined || scan.repetitions > 3 || scan.signs > 8) return undefined
  const program = compile(expression)
  if (program === undefined) return undefined
  return { program, maxLength: scan.repeatsGroup ? 20 : 64, matchesEmpty: inside.canBeEmpty }
}

/** A character, an escape or a class that both languages read alike, all of ASCII. */
const atom =
  /[\w /:,@=<>"'%&!;~#.-]|\\[.\-/+*?()|[\]{}^$dw]|\[\^?-?(?:(?:[a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d|[\w /:,@=<>"'%&!;~#.+*?()|$]|\\[.\-/+*?()|[\]{}^$dw])(?!-[^\]]))+-?\]/y

/** What is known of the inside of a group. */
interface Inside {
  readonly canBeEmpty: boolean
  /** Of atoms that do not repeat, in one choice. */
  readonly isFlat: boolean
}

/** Reads an expression of atoms, repetitions, and groups of two levels. */
class Scan {
  /** Of `*`, `+`, `?` and `|`. */
  signs = 0
  /** Of `*` and `+`. */
  repetitions = 0
  repeatsGroup = false
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Undefined where it is not plain. */
  whole(): Inside | undefined {
    this.#takes('^')
    const inside = this.#choice(0)
    this.#takes('$')
    return this.#at === this.#text.length ? inside : undefined
  }

  /** Undefined where it is not plain, and where it is empty. */
  #choice(depth: number): Inside | undefined {
    let canBeEmpty = true
    let isFlat = true
    const start = this.#at
    while (this.#at < this.#text.length && !'|)$'.includes(this.#text.charAt(this.#at))) {
      const item = this.#text[this.#at] === '(' ? this.#group(depth) : this.#atom()
      if (item === undefined) return undefined
      canBeEmpty &&= item.canBeEmpty
      isFlat &&= item.isFlat
    }
    return this.#at === start ? undefined : { canBeEmpty, isFlat }
  }

  #atom(): Inside | undefined {
    atom.lastIndex = this.#at
    if (!atom.test(this.#text)) return undefined
    this.#at = atom.lastIndex
    const sign = this.#sign()
    return { canBeEmpty: sign === '*' || sign === '?', isFlat: sign === '' || sign === '?' }
  }

  #group(depth: number): Inside | undefined {
    if (depth === 2) return undefined
    this.#at += this.#text.startsWith('(?:', this.#at) ? 3 : 1
    const inside = this.#choices(depth + 1)
    if (inside === undefined || !this.#takes(')')) return undefined
    const sign = this.#sign()
    // Neither takes JavaScript a turn that matches nothing, nor may it have many ways to take its turns.
    if (sign !== '' && inside.canBeEmpty) return undefined
    if (sign === '*' || sign === '+') {
      if (!inside.isFlat) return undefined
      this.repeatsGroup = true
    }
    return { canBeEmpty: inside.canBeEmpty || sign === '*' || sign === '?', isFlat: false }
  }

  #choices(depth: number): Inside | undefined {
    let all = this.#choice(depth)
    while (all !== undefined && this.#takes('|')) {
      this.signs++
      const next = this.#choice(depth)
      all = next && { canBeEmpty: all.canBeEmpty || next.canBeEmpty, isFlat: false }
    }
    return all
  }

  /** One sign of repetition; a second one, which no atom begins with, ends the reading. */
  #sign(): string {
    const sign = this.#text.charAt(this.#at)
    if (sign === '' || !'*+?'.includes(sign)) return ''
    this.#at++
    this.signs++
    if (sign !== '?') this.repetitions++
    return sign
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }
}

/** Undefined where a range runs backwards: that is for Go's engine to refuse, in its words. */
function compile(expression: string): RegExp | undefined {
  try {
    return new RegExp(expression, 'd')
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * Offsets of the first matches, as Go gives them but that a group which matched nothing may be missing; only for an
 * expression that does not match the empty text.
 */
export function plainMatches({ program }: PlainExpression, text: string, most: number): number[][] {
  const global = new RegExp(program, 'dg')
  const found: number[][] = []
  for (let match = global.exec(text); match !== null && found.length < most; match = global.exec(text)) {
    found.push((match.indices ?? []).flatMap((pair) => pair ?? [-1, -1]))
  }
  return found
}

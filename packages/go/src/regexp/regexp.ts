import { stringBytes, bytesString } from '../value/byte-string.ts'
import { FunctionError } from '../value/function.ts'
import type { Program } from './re2-program.ts'
import { expandTemplate } from './expand.ts'
import { maxMatches, maxReplacedLength } from './limits.ts'
import type { PlainExpression } from './plain-expression.ts'
import { plainMatches } from './plain-expression.ts'

/** Offsets of a match and of its groups, start and end by turns; -1 where a group took no part. */
export type Match = readonly number[]

/** A compiled regular expression with the semantics and methods of Go's `regexp`; it runs in linear time. */
export class Regexp {
  readonly expression: string
  readonly #plain: PlainExpression | undefined
  #program: Program | undefined
  readonly #compile: () => Program
  #names: ReadonlyMap<string, readonly number[]> | undefined

  constructor(expression: string, parts: RegexpParts) {
    this.expression = expression
    this.#plain = parts.plain
    this.#compile = parts.compile
  }

  matches(text: string): boolean {
    if (this.#plain !== undefined && isPlainText(text, this.#plain)) return this.#plain.program.test(text)
    return this.#compiled().re2.test(escaped.test(text) ? stringBytes(text) : text)
  }

  /** The leftmost match, or an empty text. */
  find(text: string): string {
    const { pieces, matches } = this.#search(text, 1)
    const first = matches[0]
    return first === undefined ? '' : pieces.between(first[0] ?? 0, first[1] ?? 0)
  }

  /** At most `limit` matches from the left, all for a negative one. */
  findAll(text: string, limit: number): string[] {
    const { pieces, matches } = this.#search(text, limit)
    return matches.map((match) => pieces.between(match[0] ?? 0, match[1] ?? 0))
  }

  /** Go's `ReplaceAllString`: `$1`, `${1}`, `$name` and `${name}` in the replacement are groups. */
  replaceAll(text: string, replacement: string): string {
    if (!replacement.includes('$')) return this.replaceAllLiteral(text, replacement)
    return this.#replace(text, (pieces, match) =>
      expandTemplate(replacement, (group) => {
        const indexes = typeof group === 'number' ? [group] : (this.#groupNames().get(group) ?? [])
        const index = indexes.find((one) => (match[2 * one] ?? -1) >= 0)
        return index === undefined ? '' : pieces.between(match[2 * index] ?? 0, match[2 * index + 1] ?? 0)
      }),
    )
  }

  replaceAllLiteral(text: string, replacement: string): string {
    return this.#replace(text, () => replacement)
  }

  /** Go's `Split`; undefined for its nil, which a limit of 0 gives. */
  split(text: string, limit: number): string[] | undefined {
    if (limit === 0) return undefined
    if (this.expression !== '' && text === '') return ['']
    const { pieces, matches } = this.#search(text, limit)
    const parts: string[] = []
    let begin = 0
    let end = 0
    for (const [start = 0, stop = 0] of matches) {
      if (limit > 0 && parts.length === limit - 1) break
      end = start
      if (stop !== 0) parts.push(pieces.between(begin, end))
      begin = stop
    }
    if (end !== pieces.length) parts.push(pieces.between(begin, pieces.length))
    return parts
  }

  /** The groups of each name, in their order; the first that took part counts. */
  #groupNames(): ReadonlyMap<string, readonly number[]> {
    if (this.#names !== undefined) return this.#names
    const names = new Map<string, number[]>()
    const { re2, originals } = this.#compiled()
    for (const [unique, index] of Object.entries(re2.namedGroups())) {
      const name = originals.get(unique) ?? unique
      names.set(
        name,
        [...(names.get(name) ?? []), index].sort((a, b) => a - b),
      )
    }
    this.#names = names
    return names
  }

  #replace(text: string, replacement: (pieces: Pieces, match: Match) => string): string {
    const { pieces, matches } = this.#search(text, -1)
    let out = ''
    let end = 0
    for (const match of matches) {
      out += pieces.between(end, match[0] ?? 0) + replacement(pieces, match)
      end = match[1] ?? 0
      if (out.length > maxReplacedLength) {
        throw new FunctionError(`the result is longer than ${maxReplacedLength} characters`)
      }
    }
    return out + pieces.between(end, pieces.length)
  }

  #compiled(): Program {
    this.#program ??= this.#compile()
    return this.#program
  }

  #search(text: string, limit: number): { pieces: Pieces; matches: Match[] } {
    const pieces = piecesOf(text)
    if (limit === 0) return { pieces, matches: [] }
    const most = limit < 0 ? maxMatches + 1 : Math.min(limit, maxMatches + 1)
    const plain = this.#plain
    if (plain !== undefined && !plain.matchesEmpty && isPlainText(text, plain)) {
      return { pieces, matches: plainMatches(plain, text, most) }
    }
    const re2 = this.#compiled().re2.re2()
    const found: Match[] | null =
      typeof pieces.input === 'string'
        ? re2.findAllSubmatchIndex(pieces.input, most)
        : re2.findAllUTF8SubmatchIndex(pieces.input, most)
    const matches = found ?? []
    if (matches.length > maxMatches) throw new FunctionError(`the text has more than ${maxMatches} matches`)
    return { pieces, matches }
  }
}

export interface RegexpParts {
  /** The same expression for JavaScript, which short texts are searched with. */
  readonly plain?: PlainExpression | undefined
  /** Called once, and only for what the plain expression cannot search. */
  readonly compile: () => Program
}

function isPlainText(text: string, { maxLength }: PlainExpression): boolean {
  return text.length <= maxLength && !unusual.test(text)
}

/** A text in the units its matches count in: UTF-16, or bytes where some are no UTF-8. */
interface Pieces {
  readonly input: string | Uint8Array
  readonly length: number
  between(start: number, end: number): string
}

function piecesOf(text: string): Pieces {
  if (!escaped.test(text)) {
    return { input: text, length: text.length, between: (start, end) => text.slice(start, end) }
  }
  const bytes = stringBytes(text)
  return {
    input: bytes,
    length: bytes.length,
    between: (start, end) => bytesString(bytes.subarray(start, end)),
  }
}

// Where `.` of JavaScript is not that of Go, or an offset is not one of bytes.
const unusual = /[^\0-\x0c\x0e-\x7f]/
const escaped = /[\udc80-\udcff]/u

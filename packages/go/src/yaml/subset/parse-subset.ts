import type { YamlMap, YamlValue } from '../value.ts'
import { blockScalar } from './block-scalar.ts'
import { flow } from './flow.ts'
import { isRestEmpty, Lines, space, trimBlanks } from './lines.ts'
import { plainScalar, quoted, startsPlain } from './scalars.ts'
import { giveUp, unusual } from './unusual.ts'

/**
 * Reads the YAML that charts are written in: block maps and lists, plain, quoted and literal texts, brackets
 * that close on their line, comments. Undefined for everything else, which the full parser reads; what is
 * read here is read the same (fuzzed against it), some ten times faster when the process is young.
 */
export function parseSubset(text: string): YamlValue | undefined {
  if (strange.test(text)) return undefined
  try {
    return new Subset(text).document()
  } catch (error) {
    if (error === unusual) return undefined
    throw error
  }
}

// Line ends of other systems, controls, marks of byte order, and characters outside the first plane.
const strange = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const mostDepth = 60
const longestKey = 500

class Subset {
  readonly #text: string
  readonly #lines: Lines
  #depth = 0
  /** The first comment at or behind `#commentFrom`, so that a text is searched once and not once a line. */
  #comment = -1
  #commentFrom = 0

  constructor(text: string) {
    const start = /^(?:[ ]*(?:#[^\n]*)?\n)*---[ ]*\n/.exec(text)?.[0].length ?? 0
    this.#text = start === 0 ? text : text.slice(start)
    this.#lines = new Lines(this.#text)
  }

  document(): YamlValue {
    if (this.#lines.done) giveUp()
    const value = this.#block()
    return this.#lines.done ? value : giveUp()
  }

  #block(): YamlValue {
    if (++this.#depth > mostDepth) giveUp()
    const value = this.#isItem() ? this.#list(this.#lines.indent) : this.#map(this.#lines.indent)
    this.#depth--
    return value
  }

  #list(indent: number): YamlValue[] {
    const items: YamlValue[] = []
    while (this.#lines.indent === indent && this.#isItem()) items.push(this.#item(indent))
    if (this.#lines.indent > indent) giveUp()
    return items
  }

  #item(indent: number): YamlValue {
    const { at, start, end } = this.#lines
    let from = at + 1
    while (from < end && this.#text.charCodeAt(from) === space) from++
    if (from >= end) return this.#below(indent, false)
    this.#lines.at = from
    this.#lines.indent = from - start
    if (this.#isItem() || this.#keyEnd(from, end) >= 0) return this.#block()
    return this.#value(from, indent)
  }

  #map(indent: number): YamlMap {
    const map: YamlMap = Object.create(null)
    while (this.#lines.indent === indent) {
      const { at, end } = this.#lines
      const colon = this.#keyEnd(at, end)
      if (colon < 0) giveUp()
      const key = this.#key(at, colon)
      if (key in map) giveUp()
      map[key] = isRestEmpty(this.#text, colon + 1, end)
        ? this.#below(indent, true)
        : this.#value(colon + 1, indent)
    }
    if (this.#lines.indent > indent) giveUp()
    return map
  }

  /** What stands on the lines below a key or a dash: a block, or nothing. */
  #below(indent: number, isInMap: boolean): YamlValue {
    this.#lines.next()
    const deeper = this.#lines.indent > indent
    if (deeper && !this.#isItem() && this.#keyEnd(this.#lines.at, this.#lines.end) < 0) giveUp()
    if (deeper || (isInMap && this.#lines.indent === indent && this.#isItem())) return this.#block()
    return null
  }

  /** The offset of the colon after a key, -1 where the line begins with no key. */
  #keyEnd(at: number, end: number): number {
    const first = this.#text[at] ?? ''
    if (first === '"' || first === "'") {
      const close = quoted(this.#text, at, end).end
      return this.#text[close] === ':' && this.#isBlankAt(close + 1, end) ? close : -1
    }
    let colon = this.#text.indexOf(':', at)
    while (colon >= 0 && colon < end && !this.#isBlankAt(colon + 1, end)) {
      colon = this.#text.indexOf(':', colon + 1)
    }
    if (colon < 0 || colon >= end || this.#hasComment(at, colon)) return -1
    return colon - at > longestKey ? giveUp() : colon
  }

  #key(at: number, colon: number): string {
    const first = this.#text[at] ?? ''
    if (first === '"' || first === "'") return quoted(this.#text, at, colon).value
    if (!startsPlain(this.#text, at)) giveUp()
    const key = trimBlanks(this.#text.slice(at, colon))
    return key.includes('\t') || plainScalar(key) !== key ? giveUp() : key
  }

  #value(from: number, indent: number): YamlValue {
    const { end } = this.#lines
    let at = from
    while (this.#text.charCodeAt(at) === space) at++
    const first = this.#text[at] ?? ''
    if (first === '|' || first === '>') {
      const header = trimBlanks(this.#text.slice(at, end))
      const scalar = blockScalar(this.#text, { header, from: end, parent: indent })
      this.#lines.resumeAt(scalar.end)
      return scalar.value
    }
    if (first === '"' || first === "'") return this.#alone(quoted(this.#text, at, end), indent)
    if (first === '[' || first === '{') return this.#alone(flow(this.#text, at, end), indent)
    return this.#plain(at, indent)
  }

  /** A value that ends on its line, with nothing but a comment after it and nothing deeper below. */
  #alone({ value, end }: { value: YamlValue; end: number }, indent: number): YamlValue {
    if (!isRestEmpty(this.#text, end, this.#lines.end)) giveUp()
    this.#lines.next()
    return this.#lines.indent > indent ? giveUp() : value
  }

  #plain(at: number, indent: number): YamlValue {
    if (!startsPlain(this.#text, at)) giveUp()
    const { end } = this.#lines
    const comment = this.#commentAt(at, end)
    const text = trimBlanks(this.#text.slice(at, comment < 0 ? end : comment))
    if (text.includes('\t') || text.includes(': ') || text.endsWith(':')) giveUp()
    this.#lines.next()
    if (this.#lines.indent <= indent) return plainScalar(text)
    return comment < 0 ? this.#continued(text, end, indent) : giveUp()
  }

  /** A plain text of several lines; blank lines between them, comments and marks are left to the full parser. */
  #continued(first: string, firstEnd: number, indent: number): YamlValue {
    let text = first
    let end = firstEnd
    while (this.#lines.indent > indent) {
      const { at, start } = this.#lines
      if (start !== end + 1 || !/[\w(/.$]/.test(this.#text[at] ?? '')) giveUp()
      end = this.#lines.end
      const line = trimBlanks(this.#text.slice(at, end))
      if (/\t|: |:$| #/.test(line)) giveUp()
      text += ` ${line}`
      this.#lines.next()
    }
    return plainScalar(text)
  }

  #isItem(): boolean {
    const { at, end } = this.#lines
    return this.#text[at] === '-' && this.#isBlankAt(at + 1, end)
  }

  #isBlankAt(at: number, end: number): boolean {
    return at >= end || this.#text.charCodeAt(at) === space
  }

  #hasComment(at: number, end: number): boolean {
    return this.#commentAt(at, end) >= 0
  }

  #commentAt(at: number, end: number): number {
    if (this.#comment < at || at < this.#commentFrom) {
      const found = this.#text.indexOf(' #', at)
      this.#comment = found < 0 ? Number.POSITIVE_INFINITY : found
      this.#commentFrom = at
    }
    return this.#comment < end ? this.#comment : -1
  }
}

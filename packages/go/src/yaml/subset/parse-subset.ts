import type { Value, ValueMap } from '../../value/value.ts'
import { longestWord } from '../scalar.ts'
import type { YamlMap, YamlValue } from '../value.ts'
import { blockScalar } from './block-scalar.ts'
import { flow } from './flow.ts'
import type { Read, Wish } from './lines.ts'
import { hash, isBlankAt, isRestEmpty, Lines, space, trimmed } from './lines.ts'
import { doubleQuote, isSmallLetter, plainScalar, quoted, singleQuote, startsPlain } from './scalars.ts'
import type { Piece } from './scalars.ts'
import { giveUp, unusual } from './unusual.ts'

/**
 * Reads the YAML that charts are written in: block maps and lists, plain, quoted and literal texts, brackets
 * that close on their line, comments. Undefined for everything else, which the full parser reads; what is
 * read here is read the same (fuzzed against it), some ten times faster when the process is young.
 */
export function parseSubset(text: string, fields?: ReadonlySet<string>): YamlValue | undefined {
  return parse(text, { maps: 'objects', fields }) as YamlValue | undefined
}

/** The same for templates, in whose values maps are `Map`. */
export function parseSubsetValue(text: string): Value {
  return parse(text, { maps: 'tables' }) as Value
}

function parse(text: string, wish: Wish): Read | undefined {
  if (strange.test(text)) return undefined
  try {
    return document(text, wish)
  } catch (error) {
    if (error === unusual) return undefined
    throw error
  }
}

// Line ends of other systems, controls, marks of byte order, and characters outside the first plane.
const strange = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const mostDepth = 60
const longestKey = 500

function document(text: string, wish: Wish): Read {
  const lines = new Lines(text, startOf(text), wish)
  if (lines.indent < 0) giveUp()
  const read = block(lines)
  return lines.indent < 0 ? read : giveUp()
}

/** The offset behind a mark of a document that nothing but comments stands before. */
function startOf(text: string): number {
  if (!text.startsWith('---') && !text.includes('\n---')) return 0
  return /^(?:[ ]*(?:#[^\n]*)?\n)*---[ ]*\n/.exec(text)?.[0].length ?? 0
}

function block(lines: Lines): Read {
  if (++lines.depth > mostDepth) giveUp()
  const { indent } = lines
  const read = lines.isItem ? list(lines, indent) : map(lines, indent)
  lines.depth--
  return read
}

function list(lines: Lines, indent: number): Read[] {
  const items: Read[] = []
  while (lines.indent === indent && lines.isItem) items.push(item(lines, indent))
  if (lines.indent > indent) giveUp()
  return items
}

function item(lines: Lines, indent: number): Read {
  const { text, end } = lines
  let from = lines.at + 1
  while (from < end && text.charCodeAt(from) === space) from++
  if (from >= end) return below(lines, indent)
  lines.begin(from)
  return lines.isItem || keyEnd(lines) >= 0 ? block(lines) : value(lines, from, indent)
}

function map(lines: Lines, indent: number): Read {
  switch (lines.maps) {
    case 'objects':
      return object(lines, indent)
    case 'tables':
      return table(lines, indent)
    case 'nothing':
      return passedOver(lines, indent)
  }
}

function object(lines: Lines, indent: number): Read {
  const read: { [key: string]: Read } = Object.create(null)
  const fields = lines.depth === 1 ? lines.fields : undefined
  for (let key = nextKey(lines, indent); key !== undefined; key = nextKey(lines, indent)) {
    if (fields !== undefined && !fields.has(key.toLowerCase())) {
      lines.maps = 'nothing'
      keyed(lines, indent)
      lines.maps = 'objects'
    } else {
      if (key in read) giveUp()
      read[key] = keyed(lines, indent)
    }
  }
  return read as YamlMap
}

function table(lines: Lines, indent: number): Read {
  const read = new Map<string, Read>()
  for (let key = nextKey(lines, indent); key !== undefined; key = nextKey(lines, indent)) {
    if (read.has(key)) giveUp()
    read.set(key, keyed(lines, indent))
  }
  return read as ValueMap
}

/** A map that nobody asks for: that it can be read is all there is to find out. */
function passedOver(lines: Lines, indent: number): Read {
  const { text } = lines
  while (lines.indent === indent) {
    simple.lastIndex = lines.at
    if (simple.test(text)) {
      passOverSimple(lines, indent)
    } else {
      nextKey(lines, indent)
      keyed(lines, indent)
    }
  }
  return lines.indent > indent ? giveUp() : null
}

// A key that is a text, and nothing or one word or a quoted text: readable whatever it stands for. One test of the
// whole line takes a third of the time of reading it.
const simple =
  /(?!(?:y|n|yes|no|on|off|true|false|null):)[a-z][\w./-]{0,100}:(?: [a-z0-9](?:[\w./:@-]*[\w/])?| "[^"\\\n\t]*")?\n/iy
const colonCode = 0x3a

function passOverSimple(lines: Lines, indent: number): void {
  const hasValue = lines.text.charCodeAt(lines.end - 1) !== colonCode
  lines.next()
  const isBelow = lines.indent > indent || (!hasValue && lines.indent === indent && lines.isItem)
  if (!isBelow) return
  if (hasValue) giveUp()
  block(lines)
}

/** The key that the line begins with, and `lines.colon` behind it; undefined where the map ends. */
function nextKey(lines: Lines, indent: number): string | undefined {
  if (lines.indent !== indent) return lines.indent > indent ? giveUp() : undefined
  const colon = keyEnd(lines)
  if (colon < 0) giveUp()
  lines.colon = colon
  return keyBefore(lines, colon)
}

/** What follows the key that was read last. */
function keyed(lines: Lines, indent: number): Read {
  const { text, end, colon } = lines
  let at = colon + 1
  while (at < end && text.charCodeAt(at) === space) at++
  if (at < end && (text.charCodeAt(at) !== hash || at === colon + 1)) return value(lines, at, indent)
  lines.next()
  // A list may stand as deep as its key.
  return lines.indent > indent || (lines.indent === indent && lines.isItem) ? block(lines) : null
}

/** What stands on the lines below a dash: a block, or nothing. */
function below(lines: Lines, indent: number): Read {
  lines.next()
  return lines.indent > indent ? block(lines) : null
}

/** The offset of the colon after a key, -1 where the line begins with no key. */
function keyEnd(lines: Lines): number {
  const { text, at, end } = lines
  const first = text.charCodeAt(at)
  if (first === doubleQuote || first === singleQuote) {
    const close = quoted(text, at, end).end
    return text[close] === ':' && isBlankAt(text, close + 1, end) ? close : -1
  }
  let colon = text.indexOf(':', at)
  while (colon >= 0 && colon + 1 < end && text.charCodeAt(colon + 1) !== space) {
    colon = text.indexOf(':', colon + 1)
  }
  if (colon < 0 || colon >= end || lines.comment < colon) return -1
  return colon - at > longestKey ? giveUp() : colon
}

function keyBefore(lines: Lines, colon: number): string {
  const { text, at } = lines
  const first = text.charCodeAt(at)
  if (first === doubleQuote || first === singleQuote) return quoted(text, at, colon).value
  const key = trimmed(text, at, colon)
  if (lines.hasTabs && key.includes('\t')) giveUp()
  if (key.length > longestWord && isSmallLetter(first)) return key
  return startsPlain(text, at) && plainScalar(key) === key ? key : giveUp()
}

/** A value that begins on this line. */
function value(lines: Lines, at: number, indent: number): Read {
  const { text, end } = lines
  if (isSmallLetter(text.charCodeAt(at))) return plain(lines, at, indent)
  switch (text[at]) {
    case '|':
    case '>': {
      const scalar = blockScalar(text, { header: trimmed(text, at, end), from: end, parent: indent })
      lines.resumeAt(scalar.end)
      return scalar.value
    }
    case '"':
    case "'":
      return alone(lines, quoted(text, at, end), indent)
    case '[':
    case '{':
      return alone(lines, flow(lines, at), indent)
    default:
      return startsPlain(text, at) ? plain(lines, at, indent) : giveUp()
  }
}

/** A value that ends on its line, with nothing but a comment after it and nothing deeper below. */
function alone(lines: Lines, { value, end }: Piece<Read>, indent: number): Read {
  if (!isRestEmpty(lines.text, end, lines.end)) giveUp()
  lines.next()
  return lines.indent > indent ? giveUp() : value
}

function plain(lines: Lines, at: number, indent: number): Read {
  const { end } = lines
  const comment = lines.commentFrom(at)
  const text = trimmed(lines.text, at, comment < end ? comment : end)
  if ((lines.hasTabs && text.includes('\t')) || text.includes(': ') || text.endsWith(':')) giveUp()
  lines.next()
  if (lines.indent <= indent) return plainScalar(text)
  return comment < end ? giveUp() : continued(lines, { first: text, end, indent })
}

interface Begun {
  readonly first: string
  /** The end of its line. */
  readonly end: number
  readonly indent: number
}

/** A plain text of several lines; blank lines between them, comments and marks are left to the full parser. */
function continued(lines: Lines, { first, end: firstEnd, indent }: Begun): Read {
  let text = first
  let end = firstEnd
  while (lines.indent > indent) {
    const { at, start } = lines
    if (start !== end + 1 || !/[\w(/.$]/.test(lines.text[at] ?? '')) giveUp()
    end = lines.end
    const line = trimmed(lines.text, at, end)
    if (/\t|: |:$| #/.test(line)) giveUp()
    text += ` ${line}`
    lines.next()
  }
  return plainScalar(text)
}

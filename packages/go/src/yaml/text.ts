import { base64 } from '../value/base64.ts'
import { stringBytes } from '../value/byte-string.ts'
import { FunctionError } from '../value/function.ts'
import { analyze, isBreak, isPrintable } from './analysis.ts'
import { isText } from './scalar.ts'

/** The column after which go-yaml v2 folds. */
const width = 80

/** Where a text is written: the column it starts at, and the indentation of further lines. */
export interface Position {
  readonly column: number
  readonly indent: number
  /** A key on one line: nothing may be folded. */
  readonly simpleKey: boolean
}

/** A string in the style that go-yaml v3 chooses, which folds nothing and quotes by itself what is no text. */
export function formatPrettyText(text: string, position: Position): string {
  if (halfPair.test(text)) return `!!binary ${base64(stringBytes(text))}`
  const { multiline, plainAllowed, singleAllowed, blockAllowed } = analyze(text, 'printable')
  const unfolded = { ...position, simpleKey: true }
  if (text.includes('\n') && blockAllowed && !position.simpleKey) return literal(text, position.indent)
  if (text.includes('\n') || !isText(text)) return double(text, unfolded)
  if (plainAllowed && !multiline) return text
  return singleAllowed && !(multiline && position.simpleKey) ? single(text, unfolded) : double(text, unfolded)
}

/** A string in the style that go-yaml v2 chooses: plain, literal, single- or double-quoted. */
export function formatText(given: string, position: Position): string {
  if (isPlainest(given) && position.column + given.length <= width) return given
  if (printable.test(given)) return formatPrintable(given, position)
  if (unreadable.test(given)) throw new FunctionError('yaml: control characters are not allowed')
  const text = foldNextLines(given.replace(halfPairs, '\ufffd'))
  const { multiline, plainAllowed, singleAllowed, blockAllowed } = analyze(text)
  if (text.includes('\n') && blockAllowed && !position.simpleKey) return literal(text, position.indent)
  if (text.includes('\n') || !isText(text)) return double(text, position)
  if (plainAllowed && !multiline) return fold(text, position)
  return singleAllowed && !(multiline && position.simpleKey) ? single(text, position) : double(text, position)
}

/** A text of one line without anything to escape but quotes and backslashes. */
function formatPrintable(text: string, position: Position): string {
  if (!isText(text)) return double(text, position)
  const isPlain = !marked.test(text) && !text.startsWith(' ') && !text.endsWith(' ')
  return isPlain ? fold(text, position) : single(text, position)
}

const printable = /^[\x20-\x7e]*$/

/** What a plain text cannot begin with or contain, where it is of printable ASCII. */
const marked = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?-](?: |$))|:(?: |$)| #/

/** Most texts of charts: words without a mark of YAML. */
export function isPlainest(text: string): boolean {
  return plainest.test(text) && isText(text)
}

const plainest = /^[A-Za-z0-9](?:[\w./@+,()-]|:(?=[\w/])| (?=[\w(]))*$/

// sigs.k8s.io/yaml reads its own JSON as YAML, in which these do not occur.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unreadable = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/

// A byte that is no UTF-8 is U+FFFD once it has gone through JSON.
const halfPairs = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const halfPair = new RegExp(halfPairs, '')

// sigs.k8s.io/yaml reads its own JSON as YAML, where a raw U+0085 in quotes is a line break that is folded.
function foldNextLines(text: string): string {
  return text.replace(/[ \t]*\u0085(?:[ \t]*\u0085)*[ \t]*/g, (run) => {
    const breaks = run.split('\u0085').length - 1
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
  })
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n\r\u0085\u2028\u2029]/.test(text) ? '2' : ''
  const chomp = text.endsWith('\n') ? (/^\n$|[\n]\n$/.test(text) ? '+' : '') : '-'
  const lines = text.split('\n')
  if (text.endsWith('\n')) lines.pop()
  const pad = ' '.repeat(indent)
  const written = lines.map((line) => (line === '' ? '' : pad + afterSeparators(line, pad)))
  return `|${hint}${chomp}\n${written.join('\n')}`
}

// To go-yaml the two separators are line breaks, after which it indents.
function afterSeparators(text: string, pad: string): string {
  return text.replace(/[\u2028\u2029](?=[^\u2028\u2029])/g, (separator) => separator + pad)
}

// A blank is a place to break once the line is over the width, unless another blank follows it.
function fold(text: string, { column, indent, simpleKey }: Position): string {
  if (column + text.length <= width) return text
  let out = ''
  let at = column
  let afterBlank = false
  const characters = Array.from(text)
  for (const [index, one] of characters.entries()) {
    const next = characters[index + 1]
    if (one === ' ' && !simpleKey && !afterBlank && at > width && next !== ' ') {
      out += `\n${' '.repeat(indent)}`
      at = indent
    } else {
      out += one
      at++
    }
    afterBlank = one === ' '
  }
  return out
}

function single(given: string, position: Position): string {
  const quoted = `'${given.replaceAll("'", "''")}'`
  if (position.column + quoted.length < width && printable.test(given)) return quoted
  const { indent, simpleKey } = position
  const text = afterSeparators(given, ' '.repeat(indent))
  let out = "'"
  let at = position.column + 1
  let afterBlank = false
  const characters = Array.from(text)
  for (const [index, one] of characters.entries()) {
    const inside = index > 0 && index < characters.length - 1
    if (one === ' ' && !simpleKey && !afterBlank && at > width && inside && characters[index + 1] !== ' ') {
      out += `\n${' '.repeat(indent)}`
      at = indent
    } else {
      out += one === "'" ? "''" : one
      at += one === "'" ? 2 : 1
    }
    afterBlank = one === ' '
  }
  return `${out}'`
}

function double(text: string, position: Position): string {
  // go-yaml looks for a byte order mark at the begin of the text, wherever it is in it.
  const escapesAll = text.startsWith('\ufeff')
  if (position.column + text.length < width && unescaped.test(text)) return `"${text}"`
  const { indent, simpleKey } = position
  let out = '"'
  let at = position.column + 1
  let afterBlank = false
  const characters = Array.from(text)
  for (const [index, one] of characters.entries()) {
    const inside = index > 0 && index < characters.length - 1
    if (one === ' ' && !simpleKey && !afterBlank && at > width && inside && !escapesAll) {
      out += `\n${' '.repeat(indent)}${characters[index + 1] === ' ' ? '\\' : ''}`
      at = indent + (characters[index + 1] === ' ' ? 1 : 0)
    } else {
      const written = escaped(one, escapesAll)
      out += written
      at += Array.from(written).length
    }
    afterBlank = one === ' '
  }
  return `${out}"`
}

const unescaped = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

const short: Readonly<Record<string, string>> = {
  '\u0000': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
}

function escaped(character: string, always: boolean): string {
  if (!always && isPrintable(character) && !isBreak(character) && character !== '"' && character !== '\\')
    return character
  const known = short[character]
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${hex(code, 2)}`
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0')
}

import type { Value } from '@chartroom/go'
import { formatYaml } from '@chartroom/go'
import { isData } from './object-data.ts'

/**
 * YAML in which every line of a text has a line of its own. Go's writer puts a text with tabs, or with blanks at the
 * end of a line, into one quoted scalar that it folds at 80 columns, so that one changed word would move all after it.
 * The data is the same.
 */
export function lineText(value: Value): string {
  const texts: string[] = []
  const word = unusedWord(value)
  const marked = mapTexts(value, (text) => {
    if (!text.includes('\n') || isBlock(text)) return text
    texts.push(text)
    return `${word}${texts.length - 1}.`
  })
  if (texts.length === 0) return formatYaml(value)
  const mark = new RegExp(`^(.*)${word}(\\d+)\\.$`, 'gm')
  return formatYaml(marked).replace(mark, (_, before: string, index: string) => {
    const column = /^(?: |- )*/.exec(before)?.[0].length ?? 0
    return `${before}${quoted(texts[Number(index)] ?? '', ' '.repeat(column + 2))}`
  })
}

/** Whether it is written as a block of lines anyway, in which these characters would be ends of lines too. */
function isBlock(text: string): boolean {
  return !/[\u0085\u2028\u2029]/.test(text) && formatYaml(text).startsWith('|')
}

function mapTexts(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (!isData(value)) return value
  return new Map([...value].map(([key, item]) => [key, mapTexts(item, change)]))
}

/** The start of a word that stands nowhere in the data. */
function unusedWord(value: Value): string {
  let word = 'text'
  const texts: string[] = []
  mapTexts(value, (text) => {
    texts.push(text)
    return text
  })
  while (texts.some((text) => text.includes(word))) word += 'x'
  return word
}

/** In double quotes; a backslash at the end of a line takes the break and the blanks behind it away. */
function quoted(text: string, indent: string): string {
  const lines = text.split('\n').map((line) => escaped(line))
  const last = lines.pop() ?? ''
  const [first = '', ...more] = lines
  const written = [first, ...more.map(continued)].map((line) => `${line}\\n`)
  const whole = last === '' ? written : [...written, continued(last)]
  return `"${whole.join(`\\\n${indent}`)}"`
}

/** Blanks at the start of a line in quotes are no part of the text unless they are escaped. */
function continued(line: string): string {
  return line.startsWith(' ') ? `\\${line}` : line
}

/** JSON's escapes are YAML's too; what YAML takes for the end of a line, or nobody can see, is escaped as well. */
function escaped(line: string): string {
  return JSON.stringify(line)
    .slice(1, -1)
    .replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
}

import { formatYaml } from '@chartroom/go'

/**
 * A text in YAML: as a block where it has lines, plain or quoted as Go does where that is safe, else in double quotes
 * with everything escaped that a reader could take for something else. Without `pad`, the indentation of further
 * lines, it stays on one line.
 */
export function yamlText(text: string, pad?: string): string {
  if (pad !== undefined && text.includes('\n') && isBlock(text)) return block(text, pad)
  if (!usual.test(text)) return doubleQuoted(text)
  // Go leaves these two plain, and some readers give them a meaning.
  const written = text === '<<' || text === '=' ? doubleQuoted(text) : formatYaml(text).trimEnd()
  return written.includes('\n') ? doubleQuoted(text) : written
}

// What each reader shows as it is: no control characters, no separators of lines, no byte order mark.
const letters =
  '\\x20-\\x7e\\xa1-\\u1fff\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\ud7ff\\uf900-\\ufdcf\\ufe30-\\ufefe\\uff00-\\uffef'
const astral = '(?:[\\ud800-\\udbff][\\udc00-\\udfff])'
const usual = new RegExp(`^(?:[${letters}]|${astral})+$`)
const usualLines = new RegExp(`^(?:[${letters}\\n]|${astral})+$`)

/** Lines that a block keeps: it begins with no blank, no line is of blanks alone, at most one break ends it. */
function isBlock(text: string): boolean {
  return usualLines.test(text) && !/^[ \n]|\n\n$|^ +$|\n +(?:\n|$)/.test(text)
}

function block(text: string, pad: string): string {
  const ends = text.endsWith('\n')
  const lines = (ends ? text.slice(0, -1) : text).split('\n')
  return `|${ends ? '' : '-'}\n${lines.map((line) => (line === '' ? '' : pad + line)).join('\n')}`
}

// Escapes of JSON, but for half pairs, which YAML does not put together.
function doubleQuoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1)
  return `"${escaped.replace(/[^\x20-\x7e]/gu, codePointEscape)}"`
}

function codePointEscape(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`
}

import type { GoInt } from '@chartroom/go'
import { fromByteUnits, toByteUnits } from './bytes.ts'
import { checkTextLength } from './limit.ts'

// These functions of goutils walk over bytes and take each for a character of its own, so that what is not ASCII
// comes out as Latin-1; `wrap` alone keeps the bytes.

export function deleteSpaces(text: string): string {
  const units = toByteUnits(text)
  const kept = units.replace(/[\t-\r \x85\xa0]/g, '')
  return kept.length === units.length ? text : kept
}

export function initials(text: string): string {
  return Array.from(
    toByteUnits(text).matchAll(/(?:^|[\t-\r \x85\xa0])([^\t-\r \x85\xa0])/g),
    (match) => match[1],
  ).join('')
}

/** Breaks a text at blanks so that lines have at most `width` bytes. Without a separator lines break with `\n`, and
 * a longer word stays whole; with one it is cut. */
export function wrapText(text: string, width: GoInt, separator?: string): string {
  if (text === '') return ''
  const units = toByteUnits(text)
  const limit = Math.max(1, Math.min(Number(width.value), units.length))
  const newline = separator === undefined || separator === '' ? '\n' : toByteUnits(separator)
  checkTextLength(units.length + newline.length * Math.ceil(units.length / limit))
  return fromByteUnits(wrapUnits(units, limit, { newline, cuts: separator !== undefined }))
}

interface Wrapping {
  readonly newline: string
  readonly cuts: boolean
}

function wrapUnits(units: string, width: number, { newline, cuts }: Wrapping): string {
  let out = ''
  let at = 0
  while (units.length - at > width) {
    if (units[at] === ' ') {
      at++
      continue
    }
    const blank = units.slice(at, at + width + 1).lastIndexOf(' ')
    let end = at + blank
    let next = end + 1
    if (blank < 0 && cuts) next = end = at + width
    else if (blank < 0) {
      end = units.indexOf(' ', at + width)
      if (end < 0) return out + units.slice(at)
      next = end + 1
    }
    out += units.slice(at, end) + newline
    at = next
  }
  return out + units.slice(at)
}

import { quote } from '@chartroom/go'
import { fromByteUnits } from '../bytes.ts'
import { UrlError } from './escape.ts'

/** Go's `netip.ParseAddr` as a check: the version of an IP address. Throws `UrlError` in its words. */
export function addressVersion(text: string): 4 | 6 {
  const mark = /[.:%]/.exec(text)?.[0]
  if (mark === '.') {
    checkFour(text, text)
    return 4
  }
  if (mark === ':') {
    checkSix(text)
    return 6
  }
  throw addressError(text, mark === '%' ? 'missing IPv6 address' : 'unable to parse IP')
}

function addressError(whole: string, message: string, at = ''): UrlError {
  const place = at === '' ? '' : ` (at ${quote(fromByteUnits(at))})`
  return new UrlError(`ParseAddr(${quote(fromByteUnits(whole))}): ${message}${place}`)
}

function checkFour(text: string, whole: string): void {
  let value = 0
  let digits = 0
  let fields = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? ''
    if (unit >= '0' && unit <= '9') {
      if (digits === 1 && value === 0) throw addressError(whole, 'IPv4 field has octet with leading zero')
      value = value * 10 + Number(unit)
      digits++
      if (value > 255) throw addressError(whole, 'IPv4 field has value >255')
    } else if (unit === '.') {
      if (at === 0 || at === text.length - 1 || text[at - 1] === '.') {
        throw addressError(whole, 'IPv4 field must have at least one digit', text.slice(at))
      }
      if (fields === 3) throw addressError(whole, 'IPv4 address too long')
      fields++
      value = 0
      digits = 0
    } else {
      throw addressError(whole, 'unexpected character', text.slice(at))
    }
  }
  if (fields < 3) throw addressError(whole, 'IPv4 address too short')
}

function checkSix(whole: string): void {
  const percent = whole.indexOf('%')
  if (percent === whole.length - 1) throw addressError(whole, 'zone must be a non-empty string')
  let rest = percent < 0 ? whole : whole.slice(0, percent)
  let hasEllipsis = rest.startsWith('::')
  if (hasEllipsis) rest = rest.slice(2)
  if (hasEllipsis && rest === '') return
  let size = 0
  while (size < 16) {
    const digits = hexField(rest, whole)
    if (rest[digits] === '.') {
      checkEmbedded(rest, whole, hasEllipsis ? size : { exactly: size })
      rest = ''
      size += 4
      break
    }
    size += 2
    rest = rest.slice(digits)
    if (rest === '') break
    if (rest[0] !== ':') throw addressError(whole, 'unexpected character, want colon', rest)
    if (rest.length === 1) throw addressError(whole, 'colon must be followed by more characters', rest)
    rest = rest.slice(1)
    if (rest[0] !== ':') continue
    if (hasEllipsis) throw addressError(whole, 'multiple :: in address', rest)
    hasEllipsis = true
    rest = rest.slice(1)
    if (rest === '') break
  }
  if (rest !== '') throw addressError(whole, 'trailing garbage after address', rest)
  if (size < 16 && !hasEllipsis) throw addressError(whole, 'address string too short')
  if (size === 16 && hasEllipsis) {
    throw addressError(whole, 'the :: must expand to at least one field of zeros')
  }
}

/** Digits of the field a text starts with. */
function hexField(text: string, whole: string): number {
  const digits = /^[0-9a-fA-F]*/.exec(text)?.[0].length ?? 0
  if (digits > 4) throw addressError(whole, 'each group must have 4 or less digits', text)
  if (digits === 0) {
    throw addressError(whole, 'each colon-separated field must have at least one digit', text)
  }
  return digits
}

function checkEmbedded(text: string, whole: string, size: number | { readonly exactly: number }): void {
  if (typeof size === 'object' && size.exactly !== 12) {
    throw addressError(whole, 'embedded IPv4 address must replace the final 2 fields of the address', text)
  }
  if (typeof size === 'number' && size + 4 > 16) {
    throw addressError(whole, 'too many hex fields to fit an embedded IPv4 at the end of the address', text)
  }
  checkFour(text, whole)
}

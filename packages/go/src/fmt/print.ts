import { GoInt } from '../value/int.ts'
import { typeOf, underlyingOf } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import { Flags } from './flags.ts'
import { formatFloat64 } from './float.ts'
import { limits } from './limits.ts'
import { Printer } from './printer.ts'

/** What Go's `%v` prints of a value. */
export function formatValue(value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return formatFloat64(value)
  if (value instanceof GoInt) return value.value.toString()
  return new Printer().argument(value, 'v')
}

/** Go's `fmt.Sprint`: a space between two values of which neither is a string. */
export function sprint(values: readonly Value[]): string {
  let text = ''
  for (const [index, value] of values.entries()) {
    if (index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string') text += ' '
    text += formatValue(value)
  }
  return text
}

/** Go's `fmt.Sprintln`. */
export function sprintln(values: readonly Value[]): string {
  return `${values.map(formatValue).join(' ')}\n`
}

/** Go's `fmt.Sprintf`. */
export function sprintf(format: string, values: readonly Value[]): string {
  return plain(format, values) ?? new Directives(format, values).print()
}

/** A format of nothing but `%s` and `%v` of strings, and `%d` and `%v` of integers; undefined for all others. */
function plain(format: string, values: readonly Value[]): string | undefined {
  let out = ''
  let at = 0
  let next = 0
  for (let percent = format.indexOf('%'); percent >= 0; percent = format.indexOf('%', at)) {
    const value = values[next++]
    const verb = format.charAt(percent + 1)
    if (typeof value === 'string' && (verb === 's' || verb === 'v')) out += format.slice(at, percent) + value
    else if (value instanceof GoInt && (verb === 'd' || verb === 'v')) {
      out += format.slice(at, percent) + value.value.toString()
    } else return undefined
    at = percent + 2
  }
  return next === values.length ? out + format.slice(at) : undefined
}

/** Reads a format from left to right, and takes values as its directives ask for them. */
class Directives {
  readonly #format: string
  readonly #values: readonly Value[]
  readonly #printer = new Printer()
  #at = 0
  #next = 0
  #reordered = false
  #goodIndex = true
  #afterIndex = false
  #out = ''

  constructor(format: string, values: readonly Value[]) {
    this.#format = format
    this.#values = values
  }

  print(): string {
    for (;;) {
      const percent = this.#format.indexOf('%', this.#at)
      if (percent < 0) break
      this.#out += this.#format.slice(this.#at, percent)
      this.#at = percent + 1
      if (!this.#directive()) return this.#out + this.#extra()
    }
    return this.#out + this.#format.slice(this.#at) + this.#extra()
  }

  /** One directive behind its `%`; false at the end of the format. */
  #directive(): boolean {
    const flags = new Flags()
    this.#printer.flags = flags
    this.#goodIndex = true
    this.#afterIndex = false
    this.#readFlags(flags)
    this.#readIndex()
    this.#readWidth(flags)
    this.#readPrecision(flags)
    if (!this.#afterIndex) this.#readIndex()
    const code = this.#format.codePointAt(this.#at)
    if (code === undefined) {
      this.#out += '%!(NOVERB)'
      return false
    }
    this.#at += code > 0xffff ? 2 : 1
    this.#verb(code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCodePoint(code), flags)
    return true
  }

  #verb(verb: string, flags: Flags): void {
    if (verb === '%') this.#out += '%'
    else if (!this.#goodIndex) this.#out += `%!${verb}(BADINDEX)`
    else if (this.#next >= this.#values.length) this.#out += `%!${verb}(MISSING)`
    else {
      if (verb === 'v' || verb === 'w') flags.enterV()
      this.#out += this.#printer.argument(this.#values[this.#next++], verb)
    }
  }

  #readFlags(flags: Flags): void {
    for (; ; this.#at++) {
      const flag = this.#format[this.#at]
      if (flag === '#') flags.sharp = true
      else if (flag === '0') flags.zero = true
      else if (flag === '+') flags.plus = true
      else if (flag === '-') flags.minus = true
      else if (flag === ' ') flags.space = true
      else return
    }
  }

  #readWidth(flags: Flags): void {
    if (this.#format[this.#at] !== '*') {
      flags.width = this.#readNumber()
      if (this.#afterIndex && flags.width !== undefined) this.#goodIndex = false
      return
    }
    this.#at++
    const width = this.#takeInteger()
    if (width === undefined) this.#out += '%!(BADWIDTH)'
    flags.width = width === undefined ? undefined : Math.abs(width)
    if (width !== undefined && width < 0) {
      flags.minus = true
      flags.zero = false
    }
    this.#afterIndex = false
  }

  #readPrecision(flags: Flags): void {
    if (this.#format[this.#at] !== '.' || this.#at + 1 >= this.#format.length) return
    this.#at++
    if (this.#afterIndex) this.#goodIndex = false
    this.#readIndex()
    if (this.#format[this.#at] !== '*') {
      flags.precision = this.#readNumber() ?? 0
      return
    }
    this.#at++
    const precision = this.#takeInteger()
    flags.precision = precision !== undefined && precision >= 0 ? precision : undefined
    if (flags.precision === undefined) this.#out += '%!(BADPREC)'
    this.#afterIndex = false
  }

  /** An index like `[2]`, which says what value comes next. */
  #readIndex(): void {
    this.#afterIndex = false
    if (this.#format[this.#at] !== '[') return
    this.#reordered = true
    const close = this.#format.indexOf(']', this.#at)
    if (close < 0) {
      this.#goodIndex = false
      this.#at++
      return
    }
    const digits = this.#format.slice(this.#at + 1, close)
    this.#at = close + 1
    const number =
      /^\d{1,8}$/.test(digits) && Number(digits) <= limits.width * 10 ? Number(digits) : undefined
    this.#afterIndex = number !== undefined
    if (number !== undefined && number >= 1 && number <= this.#values.length) this.#next = number - 1
    else this.#goodIndex = false
  }

  /** A number; one that is far too large swallows the rest of the format, as in Go. */
  #readNumber(): number | undefined {
    let number: number | undefined
    for (; ; this.#at++) {
      const digit = this.#format.charCodeAt(this.#at) - 48
      if (!(digit >= 0 && digit <= 9)) return number
      if (number !== undefined && number > limits.width) {
        this.#at = this.#format.length
        return undefined
      }
      number = (number ?? 0) * 10 + digit
    }
  }

  /** The value of a `*`, where it is an integer of a sensible size. */
  #takeInteger(): number | undefined {
    if (this.#next >= this.#values.length) return undefined
    const value = underlyingOf(this.#values[this.#next++])
    const number = value instanceof GoInt ? Number(value.value) : undefined
    return number !== undefined && Math.abs(number) <= limits.width ? number : undefined
  }

  #extra(): string {
    if (this.#reordered || this.#next >= this.#values.length) return ''
    this.#printer.flags = new Flags()
    const rest = this.#values.slice(this.#next).map((value) => {
      if (value === undefined || value === null) return '<nil>'
      return `${typeOf(value)}=${this.#printer.argument(value, 'v')}`
    })
    return `%!(EXTRA ${rest.join(', ')})`
  }
}

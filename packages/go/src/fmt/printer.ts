import { ChartroomError } from '@chartroom/errors'
import { compareBytes } from '../bytes.ts'
import { bytesString, stringBytes } from '../value/byte-string.ts'
import { GoInt, goInt } from '../value/int.ts'
import { isObject, typeOf, underlyingOf } from '../value/kind.ts'
import { isNil } from '../value/nil.ts'
import type { GoObject } from '../value/object.ts'
import type { Value, ValueMap } from '../value/value.ts'
import { Flags } from './flags.ts'
import { formatFloating } from './floating.ts'
import { formatAddress, formatInteger } from './integer.ts'
import { limits } from './limits.ts'
import { canBackquote, quote, quoteToAscii } from './quote.ts'

/** Prints values under one verb and its flags, as Go's `fmt` does. */
export class Printer {
  flags: Flags = new Flags()
  /** While an error like `%!d(string=x)` is printed, `String()` is not called. */
  #erring = false

  /** One argument of `printf`. */
  argument(value: Value, verb: string): string {
    if (value === undefined || value === null) {
      return verb === 'T' || verb === 'v' ? this.flags.pad('<nil>') : this.#bad(value, verb)
    }
    if (verb === 'T') return this.flags.pad(this.flags.truncate(typeOf(value)))
    if (verb === 'p') return this.#address(value, verb)
    if (value instanceof Uint8Array) return this.#bytes(value, verb, '[]byte')
    return this.#value(value, verb, 0)
  }

  #value(value: Value, verb: string, depth: number): string {
    if (typeof value === 'string') return this.#string(value, verb)
    if (typeof value === 'number') return formatFloating(this.flags, value, verb) ?? this.#bad(value, verb)
    if (typeof value === 'boolean') {
      return verb === 't' || verb === 'v' ? this.flags.pad(String(value)) : this.#bad(value, verb)
    }
    if (value === undefined || value === null) return this.flags.sharpV ? 'interface {}(nil)' : '<nil>'
    if (value instanceof GoInt) return this.#integer(value, verb)
    if (depth >= limits.depth) throw tooDeep()
    if (verb === 'w' && !this.#erring) return this.#bad(value, verb)
    if (value instanceof Map) return this.#map(value, verb, depth)
    if (Array.isArray(value)) return this.#list(value, verb, depth)
    if (value instanceof Uint8Array) return this.#byteList(value, verb, depth)
    return isObject(value) ? this.#object(value, verb, depth) : this.#address(value, verb)
  }

  #integer(value: GoInt, verb: string, owner: Value = value): string {
    if (verb === 'v' && this.flags.sharpV && value.unsigned) {
      return formatAddress(this.flags, value.value, true)
    }
    return formatInteger(this.flags, value.value, verb) ?? this.#bad(owner, verb)
  }

  #string(value: string, verb: string, owner: Value = value): string {
    const { flags } = this
    switch (verb) {
      case 'v':
        return flags.sharpV ? this.#quoted(value) : flags.pad(flags.truncate(value))
      case 's':
        return flags.pad(flags.truncate(value))
      case 'x':
      case 'X':
        return this.#hex(stringBytes(value), verb)
      case 'q':
        return this.#quoted(value)
      default:
        return this.#bad(owner, verb)
    }
  }

  #quoted(value: string): string {
    const text = this.flags.truncate(value)
    if (this.flags.sharp && canBackquote(text)) return this.flags.pad(`\`${text}\``)
    return this.flags.pad(this.flags.plus ? quoteToAscii(text) : quote(text))
  }

  #hex(bytes: Uint8Array, verb: 'x' | 'X'): string {
    const { flags } = this
    const shown = flags.precision === undefined ? bytes : bytes.subarray(0, flags.precision)
    const prefix = flags.sharp && shown.length > 0 ? '0x' : ''
    const pairs = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0'))
    const text = flags.space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('')
    return flags.pad(verb === 'X' ? text.toUpperCase() : text)
  }

  #bytes(value: Uint8Array, verb: string, type: string): string {
    switch (verb) {
      case 'v':
      case 'd': {
        const { flags } = this
        if (!flags.sharpV) return `[${Array.from(value, (one) => this.#integer(goInt(one), 'd')).join(' ')}]`
        if (isNil(value)) return `${type}(nil)`
        return `${type}{${Array.from(value, (one) => formatAddress(flags, BigInt(one), true)).join(', ')}}`
      }
      case 's':
        return this.flags.pad(this.flags.truncate(bytesString(value)))
      case 'x':
      case 'X':
        return this.#hex(value, verb)
      case 'q':
        return this.#quoted(bytesString(value))
      default:
        return this.#byteList(value, verb, 0)
    }
  }

  #byteList(value: Uint8Array, verb: string, depth: number): string {
    if (verb === 's' || verb === 'q' || verb === 'x' || verb === 'X')
      return this.#bytes(value, verb, '[]uint8')
    return this.#list(
      Array.from(value, (one) => goInt(one, 'uint8')),
      verb,
      depth,
      '[]uint8',
    )
  }

  #list(...[value, verb, depth, type = typeOf(value)]: [Value[], string, number, string?]): string {
    if (this.flags.sharpV && isNil(value)) return `${type}(nil)`
    const parts = value.map((one) => this.#value(one, verb, depth + 1))
    return this.flags.sharpV ? `${type}{${parts.join(', ')}}` : `[${parts.join(' ')}]`
  }

  #map(value: ValueMap, verb: string, depth: number): string {
    if (this.flags.sharpV && isNil(value)) return `${typeOf(value)}(nil)`
    const parts = [...value.keys()]
      .toSorted(compareBytes)
      .map((key) => `${this.#string(key, verb)}:${this.#value(value.get(key), verb, depth + 1)}`)
    return this.flags.sharpV ? `${typeOf(value)}{${parts.join(', ')}}` : `map[${parts.join(' ')}]`
  }

  #object(value: GoObject, verb: string, depth: number): string {
    if (value.text !== undefined && !this.#erring && !this.flags.sharpV && 'vsxXq'.includes(verb)) {
      return this.#string(value.text(), verb, value)
    }
    if (value.goKind === 'complex128') return this.#complex(value, verb)
    const underlying = underlyingOf(value)
    if (underlying instanceof GoInt) return this.#integer(underlying, verb, value)
    if (underlying !== value) return this.#value(underlying, verb, depth)
    if (value.goKind === 'ptr' && depth > 0) return this.#address(value, verb)
    const struct = this.#struct(value, verb, depth)
    return value.goKind === 'ptr' ? `&${struct}` : struct
  }

  /** Numbers that only literals such as `1i` are: printed as `%v` has them. */
  #complex(value: GoObject, verb: string): string {
    const text = value.text?.() ?? ''
    return 'vbgGxXfFeE'.includes(verb) ? this.flags.pad(text) : `%!${verb}(complex128=${text})`
  }

  #struct(value: GoObject, verb: string, depth: number): string {
    const named = this.flags.plusV || this.flags.sharpV
    const parts = [...value.fields].map(
      ([name, field]) => (named ? `${name}:` : '') + this.#value(field, verb, depth + 1),
    )
    const type = value.goType.replace(/^\*/, '')
    return this.flags.sharpV ? `${type}{${parts.join(', ')}}` : `{${parts.join(' ')}}`
  }

  /** Where Go prints an address, which differs from run to run, stands one that never differs. */
  #address(value: Value, verb: string): string {
    const { flags } = this
    if (typeof value !== 'object' && typeof value !== 'function') return this.#bad(value, verb)
    if (value instanceof GoInt || (isObject(value) && value.goKind === 'struct'))
      return this.#bad(value, verb)
    if (verb === 'v' && flags.sharpV) return `(${typeOf(value)})(${formatAddress(flags, address, true)})`
    if (verb === 'v' || verb === 'p') return formatAddress(flags, address, !flags.sharp)
    return 'bodxX'.includes(verb) ? (formatInteger(flags, address, verb) ?? '') : this.#bad(value, verb)
  }

  #bad(value: Value, verb: string): string {
    if (value === undefined || value === null) return `%!${verb}(<nil>)`
    this.#erring = true
    const text = value instanceof Uint8Array ? this.#bytes(value, 'v', '[]byte') : this.#value(value, 'v', 0)
    this.#erring = false
    return `%!${verb}(${typeOf(value)}=${text})`
  }
}

const address = 0xc000010000n

function tooDeep(): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `a value is nested more than ${limits.depth} deep`, {
    hint: 'A map or list that holds itself cannot be printed.',
  })
}

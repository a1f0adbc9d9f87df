import { bytesString } from '../../value/byte-string.ts'
import { isTimestamp, numberText, resolveScalar } from '../scalar.ts'
import type { YamlNode } from './node.ts'
import { YamlSyntaxError } from './syntax-error.ts'

const standard = 'tag:yaml.org,2002:'

/** What a scalar stands for, by its tag and its text; numbers as texts where that is asked for. */
export function scalarValue(
  { tag, value, implicit }: YamlNode,
  numberTexts: boolean,
): null | boolean | number | bigint | string {
  if (tag === '') {
    if (!implicit) return value
    return (numberTexts ? numberText(value) : undefined) ?? resolved(value)
  }
  const short = tag.startsWith(standard) ? tag.slice(standard.length) : undefined
  if (short === 'binary') return binary(value)
  if (short === undefined || !checked.has(short)) return value
  const found = resolved(value)
  const kind = kindOf(found, value)
  if (short === 'timestamp' && kind === 'timestamp') return value
  if (short === kind || (short === 'float' && kind === 'int')) return found
  throw new YamlSyntaxError(`cannot decode !!${kind} \`${value}\` as a !!${short}`)
}

const checked = new Set(['null', 'bool', 'int', 'float', 'timestamp'])

function resolved(text: string): null | boolean | number | bigint | string {
  const value = resolveScalar(text)
  return value === undefined ? text : value
}

function kindOf(value: null | boolean | number | bigint | string, text: string): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return isTimestamp(text) ? 'timestamp' : 'str'
  return typeof value === 'bigint' || /^[-+]?(0[xXbBoO])?[\da-fA-F_]+$/.test(text) ? 'int' : 'float'
}

function binary(text: string): string {
  const plain = text.replace(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain)) {
    throw new YamlSyntaxError('!!binary value contains invalid base64 data')
  }
  const bytes: number[] = []
  for (let at = 0; at < plain.length; at += 4) {
    const digits = Array.from(plain.slice(at, at + 4).replace(/=/g, ''), (one) => alphabet.indexOf(one))
    const bits = digits.reduce((sum, digit) => sum * 64 + digit, 0) * 64 ** (4 - digits.length)
    bytes.push(...[bits >> 16, (bits >> 8) & 255, bits & 255].slice(0, digits.length - 1))
  }
  // Through JSON, which holds nothing but UTF-8.
  return bytesString(Uint8Array.from(bytes)).replace(/[\udc80-\udcff]/g, '\ufffd')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

import type { GoFunction, GoInt } from '@chartroom/go'
import { base64, FunctionError, goInt } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { fixed } from './go-function.ts'
import { checkTextLength } from './limit.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')

type RandomBytes = TemplatePorts['randomBytes']

/** Sprig's functions that give another answer at every call. */
export function randomFunctions({ randomBytes }: TemplatePorts): ReadonlyMap<string, GoFunction> {
  const textOf = (alphabet: string) =>
    fixed('int', (count: GoInt) => randomText(alphabet, count.value, randomBytes))
  return new Map([
    ['randAlpha', textOf(letters)],
    ['randAlphaNum', textOf(letters + digits)],
    ['randAscii', textOf(printable)],
    ['randNumeric', textOf(digits)],
    ['randBytes', fixed('int', (count: GoInt) => base64(bytesOf(count.value, randomBytes)))],
    [
      'randInt',
      fixed('int int', (least: GoInt, end: GoInt) => randomInt(least.value, end.value, randomBytes)),
    ],
    ['uuidv4', fixed('', () => uuid(randomBytes(16)))],
  ])
}

/** Every character equally likely; a negative count gives no text, as in Sprig. */
function randomText(alphabet: string, count: bigint, randomBytes: RandomBytes): string {
  if (count <= 0n) return ''
  checkTextLength(Number(count))
  const length = Number(count)
  // Bytes beyond the last whole multiple would favour the first characters.
  const fair = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(Math.min(2 * (length - text.length) + 8, 65_536))) {
      if (byte < fair && text.length < length) text += alphabet[byte % alphabet.length] ?? ''
    }
  }
  return text
}

function bytesOf(count: bigint, randomBytes: RandomBytes): Uint8Array {
  if (count < 0n) throw new FunctionError('runtime error: makeslice: len out of range')
  checkTextLength(Number(count))
  const bytes = new Uint8Array(Number(count))
  for (let at = 0; at < bytes.length; at += 65_536) {
    bytes.set(randomBytes(Math.min(65_536, bytes.length - at)), at)
  }
  return bytes
}

/** From `least` up to but without `end`. */
function randomInt(least: bigint, end: bigint, randomBytes: RandomBytes): GoInt {
  const size = BigInt.asIntN(64, end - least)
  if (size <= 0n) throw new FunctionError('invalid argument to Intn')
  const fair = (1n << 64n) - ((1n << 64n) % size)
  let value = fair
  while (value >= fair) value = randomBytes(8).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
  return goInt(least + (value % size))
}

/** Version 4 of RFC 9562. */
function uuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, index) => {
    if (index === 6) return (byte & 0x0f) | 0x40
    return index === 8 ? (byte & 0x3f) | 0x80 : byte
  }).map((byte) => byte.toString(16).padStart(2, '0'))
  return [
    [0, 4],
    [4, 6],
    [6, 8],
    [8, 10],
    [10, 16],
  ]
    .map(([from, to]) => hex.slice(from, to).join(''))
    .join('-')
}

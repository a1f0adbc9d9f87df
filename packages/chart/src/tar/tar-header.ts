import { ChartroomError } from '@chartroom/errors'
import { blockSize } from './tar-entry.ts'

/** One header block, as it stands there. */
export interface TarHeader {
  readonly name: string
  readonly mode: number
  readonly size: number
  readonly mtime: number
  /** The type flag as a character; NUL, of the first tar, is `0`. */
  readonly type: string
}

/** Reads a header block; undefined for a block of zeros. Throws `ARCHIVE_INVALID` for a wrong checksum. */
export function readHeader(block: Uint8Array): TarHeader | undefined {
  if (block[0] === 0 && block.every((byte) => byte === 0)) return undefined
  checkSum(block)
  const magic = ascii(block, 257, 8)
  const name = text(block, 0, 100)
  const prefix = magic.startsWith('ustar\0')
    ? text(block, 345, ascii(block, 508, 4) === 'tar\0' ? 131 : 155)
    : ''
  const flag = ascii(block, 156, 1)
  const type = flag === '\0' ? '0' : flag
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: number(block, 100, 8),
    size: number(block, 124, 12),
    mtime: number(block, 136, 12),
    // In the first tar a folder was a file whose name ends in a slash.
    type: flag === '\0' && name.endsWith('/') ? '5' : type,
  }
}

/** Text up to the first NUL. Throws `ARCHIVE_INVALID` when it is no UTF-8. */
export function text(block: Uint8Array, at: number, length: number): string {
  const end = block.subarray(at, at + length).indexOf(0)
  return decode(block.subarray(at, end < 0 ? at + length : at + end))
}

export function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw damaged('a name in it is not UTF-8', cause)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function damaged(what: string, cause?: unknown): ChartroomError {
  return new ChartroomError('ARCHIVE_INVALID', `the chart archive cannot be read: ${what}`, {
    hint: 'Download or pack the archive again.',
    cause,
  })
}

// Some old programs summed signed bytes.
function checkSum(block: Uint8Array): void {
  let unsigned = 0
  let signed = 0
  for (let i = 0; i < blockSize; i++) {
    const byte = i >= 148 && i < 156 ? 0x20 : (block[i] ?? 0)
    unsigned += byte
    signed += byte < 0x80 ? byte : byte - 0x100
  }
  const stated = number(block, 148, 8)
  if (stated !== unsigned && stated !== signed) throw damaged('wrong checksum in a tar header')
}

/** Octal digits, or, as GNU tar writes large ones, big-endian bytes behind a set top bit. */
function number(block: Uint8Array, at: number, length: number): number {
  const first = block[at] ?? 0
  if ((first & 0x80) !== 0) return binary(block.subarray(at, at + length))
  const digits = ascii(block, at, length).replace(/^[ \0]+|[ \0]+$/g, '')
  if (!/^[0-7]*$/.test(digits)) throw damaged('a number in a tar header is not octal')
  return digits === '' ? 0 : Number.parseInt(digits, 8)
}

function binary(bytes: Uint8Array): number {
  const [first = 0, ...rest] = bytes
  const negative = (first & 0x40) !== 0
  const value = [first & 0x3f, ...rest].reduce(
    (total, byte) => total * 256 + (negative ? byte ^ 0xff : byte),
    0,
  )
  // A negative size has no meaning, and a time before 1970 is as good as 1970.
  if (negative) return 0
  if (!Number.isSafeInteger(value)) throw damaged('a number in a tar header is too large')
  return value
}

function ascii(block: Uint8Array, at: number, length: number): string {
  let out = ''
  for (let i = at; i < at + length; i++) out += String.fromCharCode(block[i] ?? 0)
  return out
}

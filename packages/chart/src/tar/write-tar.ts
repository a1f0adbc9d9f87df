import type { TarEntry } from './tar-entry.ts'
import { blockSize } from './tar-entry.ts'

interface Header {
  readonly name: string
  readonly prefix: string
  readonly size: number
  readonly mtime: number
  readonly type: '0' | 'x'
}

/**
 * A POSIX tar of regular files: mode 0644, owner 0, no names of users, two zero blocks at its end. A name
 * that is not ASCII or does not fit is written as a PAX path, as Go does.
 */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const entry of entries) {
    const place = splitName(entry.name)
    if (place === undefined) parts.push(...paxParts(entry))
    const { name, prefix } = place ?? { name: shortened(entry.name), prefix: '' }
    parts.push(header({ name, prefix, size: entry.data.length, mtime: entry.mtime, type: '0' }))
    parts.push(entry.data, padding(entry.data.length))
  }
  parts.push(new Uint8Array(2 * blockSize))
  return joined(parts)
}

/** The name and prefix fields for a name, undefined when only PAX can hold it. */
function splitName(path: string): { name: string; prefix: string } | undefined {
  if (!/^[\x20-\x7e]+$/.test(path)) return undefined
  if (path.length <= 100) return { name: path, prefix: '' }
  const cut = path.slice(0, 156).lastIndexOf('/')
  if (cut <= 0 || path.length - cut - 1 > 100) return undefined
  return { name: path.slice(cut + 1), prefix: path.slice(0, cut) }
}

function paxParts({ name, mtime }: TarEntry): Uint8Array[] {
  const record = paxRecord('path', name)
  const cut = name.lastIndexOf('/')
  const placeholder = shortened(`${name.slice(0, cut + 1)}PaxHeaders.0/${name.slice(cut + 1)}`)
  return [
    header({ name: placeholder, prefix: '', size: record.length, mtime, type: 'x' }),
    record,
    padding(record.length),
  ]
}

/** `<length> path=<name>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Uint8Array {
  const bytes = new TextEncoder().encode(` ${key}=${value}\n`)
  let length = bytes.length + 1
  while (String(length).length + bytes.length !== length) length = String(length).length + bytes.length
  return joined([new TextEncoder().encode(String(length)), bytes])
}

/** What a reader without PAX sees. */
function shortened(name: string): string {
  return name.replace(/[^\x20-\x7e]/gu, '').slice(0, 100)
}

function header({ name, prefix, size, mtime, type }: Header): Uint8Array {
  const block = new Uint8Array(blockSize)
  const put = (text: string, at: number): void => block.set(new TextEncoder().encode(text), at)
  put(name, 0)
  put('0000644\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${octal(size, 11)}\0`, 124)
  put(`${octal(mtime, 11)}\0`, 136)
  put('        ', 148)
  put(type, 156)
  put('ustar\x0000', 257)
  put('0000000\0', 329)
  put('0000000\0', 337)
  put(prefix, 345)
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(`${octal(sum, 6)}\0 `, 148)
  return block
}

function octal(value: number, width: number): string {
  return Math.floor(value).toString(8).padStart(width, '0')
}

function padding(size: number): Uint8Array {
  return new Uint8Array((blockSize - (size % blockSize)) % blockSize)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

import { damaged, decode } from './tar-header.ts'

/** What a PAX header says about the next entry; other keys do not matter to a chart. */
export interface PaxRecords {
  readonly path?: string | undefined
  readonly size?: number | undefined
  readonly mtime?: number | undefined
}

/** Reads `<length> <key>=<value>\n` records. Throws `ARCHIVE_INVALID` for malformed and for sparse ones. */
export function readPax(bytes: Uint8Array): PaxRecords {
  const records = new Map<string, string>()
  let rest = bytes
  while (rest.length > 0) {
    const { key, value, length } = readRecord(rest)
    if (key.startsWith('GNU.sparse.')) throw damaged('it has a sparse file')
    if (value === '') records.delete(key)
    else records.set(key, value)
    rest = rest.subarray(length)
  }
  return {
    path: records.get('path'),
    size: decimal(records.get('size')),
    mtime: decimal(records.get('mtime')),
  }
}

function readRecord(bytes: Uint8Array): { key: string; value: string; length: number } {
  const space = bytes.indexOf(0x20)
  const digits = space > 0 && space < 10 ? decode(bytes.subarray(0, space)) : ''
  const length = Number(digits)
  const equals = bytes.indexOf(0x3d, space)
  const whole = /^\d+$/.test(digits) && length > space && length <= bytes.length && bytes[length - 1] === 0x0a
  if (!whole || equals < 0 || equals >= length) throw damaged('malformed PAX record')
  const value = bytes.subarray(equals + 1, length - 1)
  return { key: decode(bytes.subarray(space + 1, equals)), value: decode(value), length }
}

function decimal(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (!/^-?\d{1,15}(\.\d*)?$/.test(value)) throw damaged('malformed number in a PAX record')
  return Math.max(0, Number(value))
}

import type { PosixRule } from './posix-rule.ts'
import { parsePosixRule, periodOf } from './posix-rule.ts'
import type { Zone, ZonePeriod } from './zone.ts'

interface Change {
  readonly at: bigint
  readonly period: ZonePeriod
}

/** A zone of the IANA database as a compiled file holds it (TZif, RFC 9636); undefined where the file is none. */
export function parseZoneFile(name: string, file: Uint8Array): Zone | undefined {
  const data = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const first = readHeader(data, 0)
  if (first === undefined) return undefined
  if (first.version === 1) return readZone(name, data, first)
  // Version 2 repeats everything with 64-bit times.
  const second = readHeader(data, first.start + bodySize(first))
  return second === undefined ? undefined : readZone(name, data, { ...second, timeSize: 8 })
}

interface Header {
  readonly version: number
  /** Bytes of a time. */
  readonly timeSize: 4 | 8
  /** Where the body starts. */
  readonly start: number
  readonly utcMarks: number
  readonly standardMarks: number
  readonly leaps: number
  readonly times: number
  readonly types: number
  readonly characters: number
}

function readHeader(data: DataView, at: number): Header | undefined {
  if (at + headerSize > data.byteLength || data.getUint32(at) !== magic) return undefined
  const version = data.getUint8(at + 4)
  if (version !== 0 && (version < 0x32 || version > 0x33)) return undefined
  const count = (index: number) => data.getUint32(at + 20 + 4 * index)
  return {
    version: version === 0 ? 1 : version - 0x30,
    timeSize: 4,
    start: at + headerSize,
    utcMarks: count(0),
    standardMarks: count(1),
    leaps: count(2),
    times: count(3),
    types: count(4),
    characters: count(5),
  }
}

const headerSize = 44
const magic = 0x545a6966 // TZif

function bodySize({ timeSize, ...header }: Header): number {
  const { times, types, characters, leaps, standardMarks, utcMarks } = header
  return times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standardMarks + utcMarks
}

function readZone(name: string, data: DataView, header: Header): Zone | undefined {
  const { timeSize } = header
  const end = header.start + bodySize(header)
  if (end > data.byteLength || header.types === 0) return undefined
  const indexes = header.start + header.times * timeSize
  const types = indexes + header.times
  const names = types + header.types * 6
  const periods: ZonePeriod[] = []
  for (let index = 0; index < header.types; index++) {
    const at = types + index * 6
    const nameAt = data.getUint8(at + 5)
    if (nameAt >= header.characters) return undefined
    periods.push({
      abbreviation: textAt(data, names + nameAt, names + header.characters),
      offset: data.getInt32(at),
      isDst: data.getUint8(at + 4) !== 0,
    })
  }
  const changes: Change[] = []
  for (let index = 0; index < header.times; index++) {
    const at = header.start + index * timeSize
    const period = periods[data.getUint8(indexes + index)]
    if (period === undefined) return undefined
    changes.push({ at: timeSize === 8 ? data.getBigInt64(at) : BigInt(data.getInt32(at)), period })
  }
  return new FileZone(name, { periods, changes, rule: ruleAfter(data, end) })
}

/** The rule between two line feeds at the end of the file. */
function ruleAfter(data: DataView, at: number): PosixRule | undefined {
  const last = data.byteLength - 1
  if (last - at < 2 || data.getUint8(at) !== 0x0a || data.getUint8(last) !== 0x0a) return undefined
  return parsePosixRule(textAt(data, at + 1, last))
}

/** ASCII up to a NUL or the end. */
function textAt(data: DataView, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end && data.getUint8(at) !== 0; at++) {
    text += String.fromCharCode(data.getUint8(at))
  }
  return text
}

interface ZoneData {
  readonly periods: readonly ZonePeriod[]
  /** In order of time. */
  readonly changes: readonly Change[]
  /** For the time after the last change. */
  readonly rule: PosixRule | undefined
}

class FileZone implements Zone {
  readonly name: string
  readonly #data: ZoneData

  constructor(name: string, data: ZoneData) {
    this.name = name
    this.#data = data
  }

  at(seconds: bigint): ZonePeriod {
    const { changes, rule } = this.#data
    const first = changes[0]
    if (first !== undefined && seconds < first.at) return this.#beforeAll(first)
    let low = 0
    let high = changes.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      const change = changes[middle]
      if (change !== undefined && seconds >= change.at) low = middle
      else high = middle
    }
    if (low >= changes.length - 1 && rule !== undefined) return periodOf(rule, seconds)
    return changes[low]?.period ?? this.#firstPeriod()
  }

  offsetOf(abbreviation: string, seconds: bigint): number | undefined {
    const named = this.#data.periods.filter((period) => period.abbreviation === abbreviation)
    for (const { offset } of named) {
      const period = this.at(seconds - BigInt(offset))
      if (period.abbreviation === abbreviation) return period.offset
    }
    return named[0]?.offset
  }

  // Before the first change: the first type if no change uses it, else standard time (Go's lookupFirstZone).
  #beforeAll(first: Change): ZonePeriod {
    const initial = this.#firstPeriod()
    if (!this.#data.changes.some(({ period }) => period === initial)) return initial
    if (first.period.isDst) {
      const before = this.#data.periods.slice(0, this.#data.periods.indexOf(first.period)).reverse()
      const standard = before.find(({ isDst }) => !isDst)
      if (standard !== undefined) return standard
    }
    return this.#data.periods.find(({ isDst }) => !isDst) ?? initial
  }

  #firstPeriod(): ZonePeriod {
    return this.#data.periods[0] ?? { abbreviation: 'UTC', offset: 0, isDst: false }
  }
}

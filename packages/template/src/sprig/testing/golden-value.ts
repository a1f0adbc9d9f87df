import type { GoObject, IntKind, Value } from '@chartroom/go'
import {
  base64,
  bytesString,
  stringBytes,
  GoDuration,
  GoInt,
  goInt,
  isObject,
  nilMap,
  parseDuration,
  TypedList,
  TypedMap,
  typeOf,
  formatValue,
} from '@chartroom/go'
import { decodeBase64 } from '../base64.ts'
import { toByteUnits } from '../bytes.ts'
import { readVersion } from '../semver.ts'
import { textOf } from '../values.ts'
import { versionObject } from '../version-object.ts'

/** A Go value in the JSON of `golden/sprig`: what JSON cannot say is an object with one `$` key. */
export type GoldenValue =
  | null
  | boolean
  | number
  | string
  | GoldenValue[]
  | { readonly [tag: string]: unknown }

export function decodeGolden(golden: GoldenValue): Value {
  if (golden === null || typeof golden !== 'object') return golden
  if (Array.isArray(golden)) return golden.map(decodeGolden)
  const [tag = '', content] = Object.entries(golden)[0] ?? []
  return decodeTagged(tag, content)
}

function decodeTagged(tag: string, content: unknown): Value {
  const text = String(content)
  switch (tag) {
    case '$bytes':
      return bytesOf(text)
    case '$text':
      return bytesString(bytesOf(text))
    case '$float64':
      return text.endsWith('Inf') ? Number(`${text.replace('Inf', 'Infinity')}`) : Number(text)
    case '$map':
      return new Map(decodeEntries(content))
    case '$texts':
      return new TypedMap('string', decodeEntries(content))
    case '$strings':
      return new TypedList('string', (content as GoldenValue[]).map(decodeGolden))
    case '$ints':
      return new TypedList(
        'int',
        (content as string[]).map((digits) => goInt(BigInt(digits))),
      )
    case '$nil':
      return new TypedList<Value>(text.slice(2), [], true)
    case '$literal':
      return nilMap
    case '$version':
      return versionObject(readVersion(text))
    case '$duration':
      return duration(text)
    default:
      return goInt(BigInt(text), tag.slice(1) as IntKind)
  }
}

function bytesOf(text: string): Uint8Array {
  const bytes = decodeBase64(text)
  if (typeof bytes === 'string') throw new Error(bytes)
  return bytes
}

function decodeEntries(content: unknown): [string, Value][] {
  return (content as [GoldenValue, GoldenValue][]).map(([key, value]) => [
    textOf(decodeGolden(key)),
    decodeGolden(value),
  ])
}

function duration(text: string): GoDuration {
  const nanoseconds = parseDuration(text)
  return new GoDuration(nanoseconds)
}

export function encodeGolden(value: Value): GoldenValue {
  if (value === null || typeof value === 'boolean') return value
  if (value === undefined) return { $undefined: '' }
  if (typeof value === 'string') return encodeText(value)
  if (typeof value === 'number') return encodeNumber(value)
  if (value instanceof GoInt) return { [`$${value.kind}`]: value.value.toString() }
  if (value instanceof Uint8Array) return { $bytes: base64(value) }
  if (value instanceof TypedMap) return { $texts: encodeEntries(value) }
  if (value instanceof Map) return { $map: encodeEntries(value) }
  if (value instanceof TypedList) return encodeList(value)
  if (Array.isArray(value)) return value.map(encodeGolden)
  if (isObject(value) && value.goType === '*semver.Version') {
    return { $version: (value as GoObject & { version: { original: string } }).version.original }
  }
  return { $other: `${typeOf(value)} ${formatValue(value)}` }
}

function encodeText(text: string): GoldenValue {
  return /[\udc80-\udcff]/u.test(text) ? { $text: base64(stringBytes(text)) } : text
}

function encodeNumber(value: number): GoldenValue {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value
  if (Number.isNaN(value)) return { $float64: 'NaN' }
  return { $float64: value === 0 ? '-0' : value > 0 ? '+Inf' : '-Inf' }
}

function encodeEntries(map: ReadonlyMap<string, Value>): [GoldenValue, GoldenValue][] {
  return [...map]
    .sort(([a], [b]) => (toByteUnits(a) < toByteUnits(b) ? -1 : 1))
    .map(([key, value]): [GoldenValue, GoldenValue] => [encodeText(key), encodeGolden(value)])
}

function encodeList(list: TypedList): GoldenValue {
  if (list.isNil) return { $nil: `[]${list.elementType}` }
  if (list.elementType === 'string') return { $strings: list.map(encodeGolden) }
  if (list.elementType === 'int')
    return { $ints: list.map((one) => (one instanceof GoInt ? one.value.toString() : '')) }
  if (list.elementType === '[]interface {}') return { $lists: list.map(encodeGolden) }
  return { $other: list.elementType }
}

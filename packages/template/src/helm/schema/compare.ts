import type { Value } from '@chartroom/go'
import { GoInt } from '@chartroom/go'

/** The kind of a value in JSON; undefined for what JSON has not. */
export function jsonType(value: Value): string | undefined {
  if (value === null) return 'null'
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value
  if (typeof value === 'number' || value instanceof GoInt) return 'number'
  if (Array.isArray(value)) return 'array'
  return value instanceof Map ? 'object' : undefined
}

/** Whether a value of that kind is what a schema's `type` names. */
export function fitsType(wanted: string, type: string, value: Value): boolean {
  return wanted === type || (wanted === 'integer' && type === 'number' && Number.isInteger(asNumber(value)))
}

/** A number of either kind; undefined for all else. */
export function asNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value
  return value instanceof GoInt ? Number(value.value) : undefined
}

/** Equal in the sense of JSON: whatever the kind of numbers and the order of keys. */
export function equals(a: Value, b: Value): boolean {
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false
    return [...a].every(([key, value]) => b.has(key) && equals(value, b.get(key)))
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((value, index) => equals(value, b[index]))
  }
  const [first, second] = [asNumber(a), asNumber(b)]
  return first === undefined ? a === b : first === second
}

/** The indexes of the first two equal items. */
export function duplicates(list: readonly Value[]): [number, number] | undefined {
  const seen = new Map<string, number[]>()
  for (const [index, item] of list.entries()) {
    const key = keyOf(item)
    const same = seen.get(key)?.find((other) => equals(item, list[other]))
    if (same !== undefined) return [same, index]
    seen.set(key, [...(seen.get(key) ?? []), index])
  }
  return undefined
}

/** Equal values have equal keys; most others have not. */
function keyOf(value: Value): string {
  const number = asNumber(value)
  if (number !== undefined) return `n${number}`
  if (Array.isArray(value)) return `a${value.length}${value.map(keyOf).join(',').slice(0, 200)}`
  if (value instanceof Map) return `o${value.size}${[...value.keys()].sort().join(',').slice(0, 200)}`
  return `${typeof value}${typeof value === 'string' || typeof value === 'boolean' ? value : ''}`
}

/** True when a number is a whole multiple of another, by their decimal digits. */
export function isMultiple(value: number, of: number): boolean {
  if (of === 0 || !Number.isFinite(value)) return false
  const places = Math.max(decimals(value), decimals(of))
  return scaled(value, places) % scaled(of, places) === 0n
}

function decimals(value: number): number {
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  return Math.max((digits.split('.')[1]?.length ?? 0) - Number(exponent), 0)
}

function scaled(value: number, places: number): bigint {
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const [whole = '', fraction = ''] = digits.split('.')
  return BigInt(whole + fraction) * 10n ** BigInt(Number(exponent) - fraction.length + places)
}

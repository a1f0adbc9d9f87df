import type { Value } from '@chartroom/go'
import { GoInt, isObject, underlyingOf } from '@chartroom/go'

/** Go's truth: not the zero of its type, and not empty. Structs and pointers are true. */
export function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value !== ''
  if (value === undefined || value === null) return false
  if (typeof value === 'number') return value !== 0
  if (value instanceof Map) return value.size > 0
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length > 0
  if (value instanceof GoInt) return value.value !== 0n
  if (!isObject(value) || value.integer === undefined) return true
  return isTrue(underlyingOf(value))
}

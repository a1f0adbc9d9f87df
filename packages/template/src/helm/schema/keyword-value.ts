import type { Value } from '@chartroom/go'

/** A list of scalars that has no two alike, nor is empty. */
export function isDistinct(value: Value): value is Value[] {
  if (!Array.isArray(value) || value.length === 0) return false
  return value.every((one) => one === null || typeof one !== 'object') && new Set(value).size === value.length
}

export function isDistinctTexts(value: Value): value is string[] {
  return isDistinct(value) && value.every((one) => typeof one === 'string')
}

const typeNames = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])

export function isType(value: Value): boolean {
  if (typeof value === 'string') return typeNames.has(value)
  return isDistinct(value) && value.every((name) => typeof name === 'string' && typeNames.has(name))
}

import { isMultiple } from './compare.ts'
import { quoted } from './failure.ts'
import { numberText } from './number-text.ts'
import type { Check } from './validate.ts'

export function validateString(check: Check, text: string): void {
  const { minLength, maxLength, pattern } = check.node.string
  if (minLength !== undefined || maxLength !== undefined) {
    const length = Array.from(text).length
    if (minLength !== undefined && length < minLength) {
      check.fail(`minLength: got ${numberText(length)}, want ${numberText(minLength)}`)
    }
    if (maxLength !== undefined && length > maxLength) {
      check.fail(`maxLength: got ${numberText(length)}, want ${numberText(maxLength)}`)
    }
  }
  if (pattern !== undefined && !pattern.regexp.matches(text)) {
    check.fail(`${quoted(text)} does not match pattern ${quoted(pattern.text)}`)
  }
}

export function validateNumber(check: Check, value: number | undefined): void {
  if (value === undefined) return
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = check.node.number
  const fail = (keyword: string, want: number): void =>
    check.fail(`${keyword}: got ${numberText(value)}, want ${numberText(want)}`)
  if (minimum !== undefined && value < minimum) fail('minimum', minimum)
  if (maximum !== undefined && value > maximum) fail('maximum', maximum)
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) fail('exclusiveMinimum', exclusiveMinimum)
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) fail('exclusiveMaximum', exclusiveMaximum)
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) fail('multipleOf', multipleOf)
}

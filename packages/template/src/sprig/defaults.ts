import type { GoFunction, Value } from '@chartroom/go'
import { fixed, variadic } from './go-function.ts'
import { isEmpty } from './values.ts'

export const defaultFunctions: ReadonlyMap<string, GoFunction> = new Map([
  // Only the first of the given values counts, and none given is an empty one.
  [
    'default',
    variadic('any any', (fallback: Value, given: Value) => (isEmpty(given) ? (fallback ?? null) : given)),
  ],
  ['empty', fixed('any', isEmpty)],
  ['coalesce', variadic('any', (...values: Value[]) => values.find((value) => !isEmpty(value)) ?? null)],
  ['all', variadic('any', (...values: Value[]) => !values.some(isEmpty))],
  ['any', variadic('any', (...values: Value[]) => !values.every(isEmpty))],
  [
    'ternary',
    fixed(
      'any any bool',
      (whenTrue: Value, whenFalse: Value, test: boolean) => (test ? whenTrue : whenFalse) ?? null,
    ),
  ],
])

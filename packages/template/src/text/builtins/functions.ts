import type { GoFunction, Value } from '@chartroom/go'
import { sprint, sprintf, sprintln } from '@chartroom/go'
import { isTrue } from '../truth.ts'
import { comparisons } from './compare.ts'
import { escapeHtml, escapeJs, escapeQuery } from './escape.ts'
import { index, length, slice } from './index-value.ts'
import { withoutPointer } from '../printed.ts'

const value = ['value'] as const
const any = ['any'] as const

/** Decided while their arguments are evaluated; what is left is the last of them. */
const logic: GoFunction = { parameters: ['value', 'value'], variadic: true, call: lastOf }
const otherLogic: GoFunction = { ...logic }

function lastOf(...args: Value[]): Value {
  return args.at(-1)
}

/** The functions of Go's templates, which those of a set may replace. */
export const builtins: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ...comparisons,
  ['and', logic],
  ['or', otherLogic],
  ['not', { parameters: value, variadic: false, call: (one: Value) => !isTrue(one) }],
  ['len', { parameters: value, variadic: false, call: length }],
  ['index', { parameters: ['value', 'value'], variadic: true, call: index }],
  ['slice', { parameters: ['value', 'value'], variadic: true, call: slice }],
  ['call', { parameters: ['value', 'value'], variadic: true, call: lastOf }],
  ['print', { parameters: any, variadic: true, call: (...args: Value[]) => sprint(args) }],
  ['println', { parameters: any, variadic: true, call: (...args: Value[]) => sprintln(args) }],
  [
    'printf',
    {
      parameters: ['string', 'any'],
      variadic: true,
      call: (format: string, ...args: Value[]) => sprintf(format, args),
    },
  ],
  ['html', { parameters: any, variadic: true, call: (...args: Value[]) => escapeHtml(textOf(args)) }],
  ['js', { parameters: any, variadic: true, call: (...args: Value[]) => escapeJs(textOf(args)) }],
  ['urlquery', { parameters: any, variadic: true, call: (...args: Value[]) => escapeQuery(textOf(args)) }],
])

/** Arguments as an action prints them, in one text. */
function textOf(args: readonly Value[]): string {
  return sprint(args.map((one) => (one === null || one === undefined ? '<no value>' : withoutPointer(one))))
}

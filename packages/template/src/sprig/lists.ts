import type { GoFunction, Value } from '@chartroom/go'
import { FunctionError, GoInt, kindOf, TypedList } from '@chartroom/go'
import { toInt64 } from './cast.ts'
import { isDeepEqual } from './deep-equal.ts'
import { fixed, variadic } from './go-function.ts'
import { checkListLength } from './limit.ts'
import { elementsOf, isEmpty, nilPointer, nilSlice, sliceOf } from './values.ts'

const list = variadic('any', (...values: Value[]) => values.map((value) => value ?? null))
const first = fixed('any', (values: Value) => sliceOf(values, 'Cannot find first on type')[0] ?? null)
const last = fixed('any', (values: Value) => sliceOf(values, 'Cannot find last on type').at(-1) ?? null)
const rest = fixed('any', (values: Value) => without(values, 'Cannot find rest on type', 1))
const initial = fixed('any', (values: Value) => without(values, 'Cannot find initial on type', -1))
const push = fixed('any any', (values: Value, value: Value) => [
  ...sliceOf(values, 'Cannot push on type'),
  value ?? null,
])
const prepend = fixed('any any', (values: Value, value: Value) => [
  value ?? null,
  ...sliceOf(values, 'Cannot prepend on type'),
])
const reverse = fixed('any', (values: Value) => [...sliceOf(values, 'Cannot find reverse on type')].reverse())
const compact = fixed('any', (values: Value) =>
  sliceOf(values, 'Cannot compact on type').filter((value) => !isEmpty(value)),
)
const uniq = fixed('any', unique)
const omit = variadic('any any', (values: Value, ...omitted: Value[]) =>
  sliceOf(values, 'Cannot find without on type').filter((value) => !includes(omitted, value)),
)
const has = fixed('any any', (needle: Value, values: Value) =>
  values === null || values === undefined
    ? false
    : includes(sliceOf(values, 'Cannot find has on type'), needle),
)
const slice = variadic('any any', sliceList)
const chunk = fixed('int any', chunks)

export const listFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['list', list],
  ['tuple', list],
  ['first', first],
  ['mustFirst', first],
  ['last', last],
  ['mustLast', last],
  ['rest', rest],
  ['mustRest', rest],
  ['initial', initial],
  ['mustInitial', initial],
  ['append', push],
  ['mustAppend', push],
  ['push', push],
  ['mustPush', push],
  ['prepend', prepend],
  ['mustPrepend', prepend],
  ['reverse', reverse],
  ['mustReverse', reverse],
  ['compact', compact],
  ['mustCompact', compact],
  ['uniq', uniq],
  ['mustUniq', uniq],
  ['without', omit],
  ['mustWithout', omit],
  ['has', has],
  ['mustHas', has],
  ['slice', slice],
  ['mustSlice', slice],
  ['chunk', chunk],
  ['mustChunk', chunk],
  ['concat', variadic('any', concat)],
])

/** A list without its first or its last element; an empty list gives a nil one. */
function without(values: Value, complaint: string, end: 1 | -1): Value {
  const elements = sliceOf(values, complaint)
  if (elements.length === 0) return nilSlice('interface {}')
  return end === 1 ? elements.slice(1) : elements.slice(0, -1)
}

function unique(values: Value): Value[] {
  const containers: Value[] = []
  const seen = new Set<string>()
  return sliceOf(values, 'Cannot find uniq on type').filter((value) => {
    const key = scalarKey(value)
    if (key !== undefined) return seen.size !== seen.add(key).size
    if (includes(containers, value)) return false
    containers.push(value)
    return true
  })
}

/** A text that equal scalars share and no others; undefined for what has contents, and for NaN, equal to nothing. */
function scalarKey(value: Value): string | undefined {
  if (typeof value === 'string') return `"${value}`
  if (value instanceof GoInt) return `${value.kind} ${value.value}`
  if (Number.isNaN(value)) return undefined
  return typeof value === 'object' && value !== null ? undefined : String(value)
}

function includes(values: readonly Value[], needle: Value): boolean {
  return values.some((value) => isDeepEqual(needle, value))
}

function sliceList(values: Value, ...bounds: Value[]): Value {
  const elements = sliceOf(values, 'list should be type of slice or array but')
  if (elements.length === 0) return null
  const start = bounds.length > 0 ? toInt64(bounds[0]) : 0n
  const end = bounds.length > 1 ? toInt64(bounds[1]) : BigInt(elements.length)
  // Go would reach into the unseen capacity of the list before it errs.
  if (start < 0n || start > end || end > BigInt(elements.length)) {
    throw new FunctionError('reflect.Value.Slice: slice index out of bounds')
  }
  if (values instanceof Uint8Array) return values.subarray(Number(start), Number(end))
  const part = elements.slice(Number(start), Number(end))
  return values instanceof TypedList ? new TypedList(values.elementType, part) : part
}

function chunks(size: GoInt, values: Value): TypedList {
  const elements = sliceOf(values, 'Cannot chunk type')
  const width = Number(size.value)
  if (width <= 0) return chunksOfNothing(elements, width)
  const parts: Value[] = []
  for (let at = 0; at < elements.length; at += width) parts.push(elements.slice(at, at + width))
  return new TypedList('[]interface {}', parts)
}

/** What Sprig's arithmetic makes of a width below one: mostly a list of negative length. */
function chunksOfNothing(elements: readonly Value[], width: number): TypedList {
  const count = Math.floor((elements.length - 1) / width) + 1
  if (count === 0) return new TypedList<Value>('[]interface {}', [])
  if (count === 1 && elements.length === 1 && width < -1)
    return new TypedList('[]interface {}', [[...elements]])
  throw new FunctionError('runtime error: makeslice: len out of range')
}

function concat(...lists: Value[]): Value {
  const elements = lists.map((values) => elementsOf(values) ?? notList(values))
  checkListLength(elements.reduce((sum, { length }) => sum + length, 0))
  const joined = elements.flat()
  return joined.length === 0 ? nilSlice('interface {}') : joined
}

function notList(values: Value): never {
  if (values === null || values === undefined) throw new FunctionError(nilPointer)
  throw new FunctionError(`Cannot concat type ${kindOf(values)} as list`)
}

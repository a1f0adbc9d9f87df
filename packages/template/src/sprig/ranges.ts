import type { GoFunction, GoInt } from '@chartroom/go'
import { goInt, TypedList } from '@chartroom/go'
import { fixed, variadic } from './go-function.ts'
import { checkListLength } from './limit.ts'

export const rangeFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['until', fixed('int', (count: GoInt) => intList(0n, count.value, count.value < 0n ? -1n : 1n))],
  [
    'untilStep',
    fixed('int int int', (start: GoInt, stop: GoInt, step: GoInt) =>
      intList(start.value, stop.value, step.value),
    ),
  ],
  ['seq', variadic('int', sequence)],
])

function intList(start: bigint, stop: bigint, step: bigint): TypedList<GoInt> {
  return new TypedList(
    'int',
    numbers(start, stop, step).map((number) => goInt(number)),
  )
}

/** From `start` by `step` as long as `stop` is not reached; none where the step leads away from it. */
function numbers(start: bigint, stop: bigint, step: bigint): bigint[] {
  const distance = stop - start
  if (distance === 0n || step === 0n || distance > 0n !== step > 0n) return []
  const size = distance > 0n ? distance : -distance
  const stride = step > 0n ? step : -step
  const count = (size + stride - 1n) / stride
  checkListLength(Number(count))
  const list: bigint[] = []
  for (let number = start; list.length < count; number += step) list.push(number)
  return list
}

/** `seq`, as the program of that name: the end, start and end, or start, step and end, all inclusive. */
function sequence(...bounds: GoInt[]): string {
  const values = bounds.map((bound) => bound.value)
  const [first = 0n, second = 0n, third = 0n] = values
  if (values.length === 1) return ascending(1n, first)
  if (values.length === 2) return ascending(first, second)
  if (values.length !== 3) return ''
  if (third < first && second > 0n) return ''
  return numbers(first, BigInt.asIntN(64, third + (third < first ? -1n : 1n)), second).join(' ')
}

function ascending(start: bigint, end: bigint): string {
  const step = end < start ? -1n : 1n
  return numbers(start, BigInt.asIntN(64, end + step), step).join(' ')
}

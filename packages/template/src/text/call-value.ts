import type { GoFunction, ParameterType, Value } from '@chartroom/go'
import { FunctionError, GoInt, goInt, kindOf, typeOf } from '@chartroom/go'
import { isAssignable, nilOf, canBeNil, typeNames } from './parameter.ts'

/** The function `call`: its first argument, called with the others. */
export function callValue(name: string, [given, ...args]: readonly Value[]): Value {
  if (given === undefined || given === null) throw new FunctionError('call of nil')
  if (kindOf(given) !== 'func') {
    throw new FunctionError(`non-function ${name} of type ${typeOf(given)}`)
  }
  const called = given as GoFunction
  const fixed = called.variadic ? called.parameters.length - 1 : called.parameters.length
  if (called.variadic ? args.length < fixed : args.length !== fixed) {
    const want = called.variadic ? `at least ${fixed}` : String(fixed)
    throw new FunctionError(`wrong number of args for ${name}: got ${args.length} want ${want}`)
  }
  const converted = args.map((value, index) => {
    const type = called.parameters[Math.min(index, called.parameters.length - 1)] ?? 'any'
    return converts(value, type, index)
  })
  return (called as { call(...all: readonly Value[]): Value }).call(...converted)
}

function converts(value: Value, type: ParameterType, index: number): Value {
  if (value === undefined || value === null) {
    if (canBeNil(type)) return nilOf(type)
    throw new FunctionError(`arg ${index}: value is nil; should be of type ${typeNames[type]}`)
  }
  if (isAssignable(value, type)) return value
  const isInteger = type === 'int' || type === 'int64' || type === 'uint32'
  if (isInteger && value instanceof GoInt) return goInt(value.value, type)
  throw new FunctionError(`arg ${index}: value has type ${typeOf(value)}; should be ${typeNames[type]}`)
}

import type { GoFunction, ParameterType, Value } from '@chartroom/go'

type Call = (...args: never[]) => Value

/** A function with a fixed number of parameters: `fixed('string int', call)`. */
export function fixed(parameters: string, call: Call): GoFunction {
  return { parameters: typesOf(parameters), variadic: false, call }
}

/** A function whose last parameter takes any number of arguments. */
export function variadic(parameters: string, call: Call): GoFunction {
  return { parameters: typesOf(parameters), variadic: true, call }
}

function typesOf(parameters: string): ParameterType[] {
  return parameters === '' ? [] : (parameters.split(' ') as ParameterType[])
}

import type { GoFunction, ParameterType } from '@chartroom/go'

/** A function with a fixed number of parameters. */
export function fixed(parameters: readonly ParameterType[], call: GoFunction['call']): GoFunction {
  return { parameters, variadic: false, call }
}

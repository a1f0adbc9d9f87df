import type { Value } from './value.ts'

/** The parameter types a template function can have; `any` is `interface{}`. */
export type ParameterType =
  | 'any'
  | 'bool'
  | 'string'
  | 'int'
  | 'int64'
  | 'uint32'
  | 'float64'
  | 'map' // map[string]interface{}
  | 'list' // []interface{}
  | 'strings' // []string
  | 'bytes' // []byte
  | 'value' // reflect.Value: no conversion, also `undefined` for no value
  | 'error'
  | 'time'
  | 'duration'
  | 'location' // *time.Location
  | 'certificate' // sprig.certificate
  | 'version' // *semver.Version

/** A Go function that a template may call. The caller checks and converts the arguments to `parameters`
 * before `call`; a function that fails throws a `FunctionError`. */
export interface GoFunction {
  readonly parameters: readonly ParameterType[]
  /** The last parameter takes any number of arguments. */
  readonly variadic: boolean
  readonly call: (...args: never[]) => Value
  /** Go's complaint about a method whose results templates cannot take; such a method is never called. */
  readonly misfit?: string
}

/** What a template function returns as its `error`; `message` is Go's text. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError'
}

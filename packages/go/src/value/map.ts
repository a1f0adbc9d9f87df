import type { GoFunction } from './function.ts'
import type { Value } from './value.ts'

/** A Go map whose values have a type of their own (`map[string]string`); a plain `Map` is
 * `map[string]interface {}`. */
export class TypedMap<T extends Value = Value> extends Map<string, T> {
  /** The value type as `%T` prints it: `string`, `int`. */
  readonly valueType: string
  /** The whole type, where it has a name (`common.Values`). */
  readonly typeName: string
  /** Methods of a named type, such as `Get` of `.Files`; found before keys. */
  readonly methods?: ReadonlyMap<string, GoFunction> | undefined
  /** A map that was never made: JSON and YAML write null. */
  readonly isNil: boolean = false

  constructor(valueType: string, entries: Iterable<readonly [string, T]>, typeName?: string) {
    super(entries)
    this.valueType = valueType
    this.typeName = typeName ?? `map[string]${valueType}`
  }
}

import type { GoFunction } from './function.ts'
import type { Value } from './value.ts'

/** A Go slice whose elements have a type of their own (`[]string`); a plain array is `[]interface {}`. */
export class TypedList<T extends Value = Value> extends Array<T> {
  /** The element type as `%T` prints it: `string`, `int`. */
  readonly elementType: string
  /** Go's nil slice, which prints as an empty one and is `null` in JSON. */
  readonly isNil: boolean
  /** The whole type, where it has a name (`common.VersionSet`). */
  readonly typeName?: string | undefined
  /** Methods of a named type, such as `Has` of `.Capabilities.APIVersions`. */
  readonly methods?: ReadonlyMap<string, GoFunction> | undefined

  /** Arrays made by `map` and its like are untyped. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  constructor(elementType: string, elements: readonly T[], isNil = false) {
    super()
    this.elementType = elementType
    this.isNil = isNil
    for (const element of elements) this.push(element)
  }
}

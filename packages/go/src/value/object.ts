import type { GoFunction } from './function.ts'
import type { Value } from './value.ts'

/** A Go struct, pointer or named type with methods: `*chart.Metadata`, `*semver.Version`, `time.Time`. */
export interface GoObject {
  /** As `%T` prints it. */
  readonly goType: string
  readonly goKind: 'struct' | 'ptr' | 'map' | 'slice' | 'int' | 'int64' | 'complex128'
  /** Exported fields in declared order. */
  readonly fields: ReadonlyMap<string, Value>
  readonly methods: ReadonlyMap<string, GoFunction>
  /** Names of unexported fields, which Go's errors tell from unknown ones. */
  readonly unexported?: readonly string[]
  /** What `String()` or `Error()` gives, for a type that has one; `%v` prints it. */
  readonly text?: (() => string) | undefined
  /** What `String()` of its pointer gives: an action prints it, where the value can be pointed to; `%v` does not. */
  readonly addressText?: (() => string) | undefined
  /** The number of a named integer type. */
  readonly integer?: bigint
  /** What `encoding/json` writes in place of the fields: other names, or what `MarshalJSON` gives. */
  readonly json?: (() => unknown) | undefined
}

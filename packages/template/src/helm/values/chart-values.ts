import type { GoFunction, Value, ValueMap } from '@chartroom/go'
import { formatYaml, FunctionError, quote, TypedMap, UnnamedMap } from '@chartroom/go'
import { tableAt, valueAt } from './table.ts'

/** Helm's `common.Values`: a map with methods, as `.Values` and the dot of a file are. */
export class ChartValues extends TypedMap<Value> {
  override readonly methods: ReadonlyMap<string, GoFunction>

  constructor(entries: Iterable<readonly [string, Value]>) {
    super('interface {}', entries, 'common.Values')
    this.methods = methodsOf(this)
  }
}

function methodsOf(values: ChartValues): ReadonlyMap<string, GoFunction> {
  const named = (call: (name: string) => Value): GoFunction => method(['string'], call)
  return new Map([
    ['AsMap', method([], () => (values.size === 0 ? new Map() : new UnnamedMap(values)))],
    ['PathValue', named((path) => requiredValue(values, path))],
    ['Table', named((path) => requiredTable(values, path))],
    ['YAML', method([], () => formatYaml(values))],
  ])
}

function method(parameters: GoFunction['parameters'], call: GoFunction['call']): GoFunction {
  return { parameters, variadic: false, call }
}

function requiredTable(values: ValueMap, path: string): Value {
  const table = tableAt(values, path)
  if (table instanceof Map) return new ChartValues(table)
  throw new FunctionError(`${quote(table.missing)} is not a table`)
}

function requiredValue(values: ValueMap, path: string): Value {
  if (path === '') throw new FunctionError('YAML path cannot be empty')
  const value = valueAt(values, path)
  if (value !== undefined) return value
  throw new FunctionError(`${quote(path.slice(path.lastIndexOf('.') + 1))} is not a value`)
}

import type { ChartFile } from '@chartroom/chart'
import type { GoFunction, ParameterType, Value } from '@chartroom/go'
import { base64, bytesString, formatYaml, FunctionError, TypedList, TypedMap } from '@chartroom/go'
import { orEmpty, withoutNewline } from '../functions/yaml.ts'
import { globMatcher } from '../glob/match-glob.ts'

/** `.Files`: the contents of a chart's other files by name, and how templates get at them. */
export class Files extends TypedMap<Uint8Array> {
  override readonly methods: ReadonlyMap<string, GoFunction>

  constructor(entries: Iterable<readonly [string, Uint8Array]>) {
    super('[]uint8', entries, 'engine.files')
    this.methods = methodsOf(this)
  }

  text(name: string): string {
    return bytesString(this.bytes(name))
  }

  bytes(name: string): Uint8Array {
    return this.get(name) ?? new Uint8Array()
  }

  glob(pattern: string): Files {
    const matches = globMatcher(pattern)
    return new Files([...this].filter(([name]) => matches(name)))
  }

  /** The files as the `data` of a ConfigMap or, encoded, of a Secret; a key is a name without its folder. */
  asData(encode: (bytes: Uint8Array) => string): string {
    // Of equal names the last counts: in Go that is chance.
    const data = new TypedMap<string>(
      'string',
      [...this].map(([name, bytes]) => [baseName(name), encode(bytes)] as const),
    )
    return withoutNewline(orEmpty(() => formatYaml(data)))
  }

  lines(name: string): Value {
    const bytes = this.get(name)
    if (bytes === undefined) return new TypedList('string', [])
    // Helm looks at the last byte without looking whether there is one.
    if (bytes.length === 0) throw new FunctionError('runtime error: index out of range [-1]')
    return new TypedList('string', bytesString(bytes).replace(/\n$/, '').split('\n'))
  }
}

export function filesOf(files: readonly ChartFile[]): Files {
  return new Files(files.map(({ name, data }) => [name, data] as const))
}

function methodsOf(files: Files): ReadonlyMap<string, GoFunction> {
  const named = (call: (text: string) => Value): GoFunction => method(['string'], call)
  return new Map([
    ['Get', named((name) => files.text(name))],
    ['GetBytes', named((name) => files.bytes(name))],
    ['Glob', named((pattern) => files.glob(pattern))],
    ['Lines', named((name) => files.lines(name))],
    ['AsConfig', method([], () => files.asData(bytesString))],
    ['AsSecrets', method([], () => files.asData(base64))],
  ])
}

function method(parameters: readonly ParameterType[], call: GoFunction['call']): GoFunction {
  return { parameters, variadic: false, call }
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

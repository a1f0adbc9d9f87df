import type { ValueMap } from '@chartroom/go'
import type { FlagSpec } from './flag.ts'
import type { Invocation } from './invocation.ts'

/** Helm's flags for values. */
export const valuesFlags: readonly FlagSpec[] = [
  {
    flags: '-f, --values <file>',
    description: 'values in YAML: a file, a URL, or - for standard input; repeatable, the last wins',
    repeat: true,
  },
  { flags: '--set <line>', description: 'values such as image.tag=1.2,ports={80,443}', repeat: true },
  { flags: '--set-string <line>', description: 'as --set, and every value is text', repeat: true },
  { flags: '--set-json <line>', description: `values in JSON such as 'labels={"a":"b"}'`, repeat: true },
  { flags: '--set-file <line>', description: 'values that are texts of files: key=path', repeat: true },
  { flags: '--set-literal <line>', description: 'one value, taken as it stands', repeat: true },
]

/** The values that the flags give, read and merged. */
export function givenValues(invocation: Invocation): Promise<ValueMap> {
  return valuesReader(invocation)([])
}

/** Reads the values of the flags, with further files behind those of `-f`; standard input is read once for all. */
export function valuesReader(invocation: Invocation): (more: readonly string[]) => Promise<ValueMap> {
  const { flags, environment, io } = invocation
  let input: Promise<Uint8Array> | undefined
  return async (more) => {
    const given = {
      values: [...flags.list('values'), ...more].flatMap((names) => names.split(',')),
      set: flags.list('set'),
      setString: flags.list('set-string'),
      setJson: flags.list('set-json'),
      setFile: flags.list('set-file'),
      setLiteral: flags.list('set-literal'),
    }
    if (Object.values(given).every((list) => list.length === 0)) return new Map()
    // Not by the door of the room: rendering needs none of its verbs.
    const { readGivenValues } = await import('@chartroom/verbs/values')
    return readGivenValues(given, {
      cwd: environment.cwd,
      stdin: () => (input ??= readAll(io.stdin)),
      fetch: async (url) => {
        const { connect, fetchBytes } = await import('@chartroom/verbs')
        const { connectionFlagsOf } = await import('./connection-options.ts')
        return fetchBytes(connect(environment, connectionFlagsOf(invocation)).transport, url)
      },
    })
  }
}

async function readAll(stream: NodeJS.ReadStream): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(Buffer.from(part))
  return new Uint8Array(Buffer.concat(parts))
}

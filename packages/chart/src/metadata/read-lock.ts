import { ChartroomError } from '@chartroom/errors'
import type { YamlValue } from '@chartroom/go'
import { decodeDependencies } from './decode-metadata.ts'
import type { Field, FieldDecoders } from './go-decoder.ts'
import { decodeStruct, decodeText, isMap, mismatch } from './go-decoder.ts'
import type { Dependency, Lock } from './metadata.ts'
import { decodeYamlFile } from './read-metadata.ts'

interface LockDraft {
  generated?: string
  digest?: string
  dependencies?: (Dependency | null)[]
}

const zeroTime = '0001-01-01T00:00:00Z'

/** Reads Chart.lock or requirements.lock, of which Helm rewrites the first when it packs a chart. */
export function readLock(file: string, yaml: string): Lock | undefined {
  return decodeYamlFile(file, yaml, (value) => {
    if (value === null) return undefined
    if (!isMap(value)) throw mismatch(value, '', 'v2.Lock')
    const draft = decodeStruct<LockDraft>(value, lockDecoders, { type: 'Lock' })
    return {
      generated: draft.generated ?? zeroTime,
      digest: draft.digest ?? '',
      dependencies: draft.dependencies?.map(presentDependency) ?? emptyList(value),
    }
  })
}

const lockDecoders: FieldDecoders<LockDraft> = {
  generated: decodeTime,
  digest: decodeText,
  dependencies: decodeDependencies,
}

// Go tells an empty list, written back as `[]`, from none, written back as `null`.
function emptyList(lock: Record<string, YamlValue>): [] | null {
  const key = Object.keys(lock).findLast((one) => one.toLowerCase() === 'dependencies')
  return key === undefined || lock[key] === null ? null : []
}

function presentDependency(dependency: Dependency | null): Dependency {
  if (dependency !== null) return dependency
  throw new ChartroomError('CHART_INVALID', 'dependencies must not contain empty or null nodes', {
    hint: 'Remove the empty item, or write the lock again with "helm dependency update".',
  })
}

const time = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/

/** RFC 3339 as Go prints what it read: at most nine digits without zeros at the end, no offset as `Z`. */
function decodeTime({ value, before }: Field<string>): string | undefined {
  if (value === null) return before
  const [, day, clock, fraction = '', zone = ''] = (typeof value === 'string' && time.exec(value)) || []
  const instant = `${day}T${clock}Z`
  // Date accepts 30 February as March: only what it prints unchanged is a day that exists.
  const date = new Date(instant)
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(instant.slice(0, -1)))
    throw notATime(value)
  const digits = fraction.slice(0, 9).replace(/0+$/, '')
  const offset = /^[+-]00:00$/.test(zone) ? 'Z' : zone
  return `${day}T${clock}${digits === '' ? '' : `.${digits}`}${offset}`
}

function notATime(value: YamlValue): ChartroomError {
  return new ChartroomError(
    'CHART_INVALID',
    `error unmarshaling JSON: while decoding JSON: "generated" is not an RFC 3339 time: ${JSON.stringify(value)}`,
    { hint: 'Write the lock again with "helm dependency update".' },
  )
}

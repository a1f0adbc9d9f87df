import { isChartroomError } from '@chartroom/errors'
import type { GoFunction, Version } from '@chartroom/go'
import { FunctionError, parseConstraint, parseVersion, quote } from '@chartroom/go'
import { byteLength } from './bytes.ts'
import { fixed } from './go-function.ts'
import { versionObject } from './version-object.ts'

export const semverFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['semver', fixed('string', (text: string) => versionObject(readVersion(text)))],
  ['semverCompare', fixed('string string', semverCompare)],
])

function semverCompare(text: string, version: string): boolean {
  const constraint = readConstraint(text)
  return constraint.check(readVersion(version))
}

function readConstraint(text: string): ReturnType<typeof parseConstraint> {
  try {
    return parseConstraint(text)
  } catch (error) {
    if (isChartroomError(error) && error.cause instanceof FunctionError) throw error.cause
    throw error
  }
}

/** Masterminds' `NewVersion`, with the reason if a text is no version. */
export function readVersion(text: string): Version {
  const version = parseVersion(text)
  if (version !== undefined) return version
  if (byteLength(text) > 256) throw new FunctionError('version string is too long (max 256 bytes)')
  const match = loose.exec(text)
  if (match === null) throw new FunctionError('invalid semantic version')
  for (const segment of match.slice(1, 4)) {
    if (segment === undefined || BigInt(segment) < 1n << 64n) continue
    throw new FunctionError(
      `error parsing version segment: strconv.ParseUint: parsing ${quote(segment)}: value out of range`,
    )
  }
  throw new FunctionError('version segment starts with 0')
}

const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const loose = new RegExp(
  `^v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:-${identifiers})?(?:\\+${identifiers})?$`,
)

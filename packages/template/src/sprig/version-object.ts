import type { GoFunction, GoObject, Value, Version } from '@chartroom/go'
import { compareVersions, formatVersion, FunctionError, goInt } from '@chartroom/go'
import { fixed } from './go-function.ts'

const nilPointer = 'runtime error: invalid memory address or nil pointer dereference'
const lastNumber = (1n << 64n) - 1n

/** What `semver` gives to a template: Masterminds' `*semver.Version`. */
export class VersionObject implements GoObject {
  readonly version: Version
  readonly goType: string
  readonly goKind: 'ptr' | 'struct'
  readonly fields: ReadonlyMap<string, Value> = new Map()
  readonly unexported = ['major', 'minor', 'patch', 'pre', 'metadata', 'original']
  readonly methods: ReadonlyMap<string, GoFunction>

  constructor(version: Version, isPointer: boolean) {
    this.version = version
    this.goType = isPointer ? '*semver.Version' : 'semver.Version'
    this.goKind = isPointer ? 'ptr' : 'struct'
    this.methods = new Map([...valueMethods(version), ...(isPointer ? pointerMethods(version) : [])])
  }

  text(): string {
    return formatVersion(this.version)
  }

  json(): string {
    return formatVersion(this.version)
  }

  /** Go's `reflect.DeepEqual`. */
  equals(other: VersionObject): boolean {
    return this.version.original === other.version.original && this.text() === other.text()
  }

  /** A version whose fields were never set. */
  blank(): VersionObject {
    const zero = { major: 0n, minor: 0n, patch: 0n, prerelease: '', metadata: '', original: '' }
    return new VersionObject(zero, this.goKind === 'ptr')
  }
}

export function versionObject(version: Version): GoObject {
  return new VersionObject(version, true)
}

function valueMethods(version: Version): [string, GoFunction][] {
  const text = formatVersion(version)
  return [
    ['Major', fixed('', () => goInt(version.major, 'uint64'))],
    ['Minor', fixed('', () => goInt(version.minor, 'uint64'))],
    ['Patch', fixed('', () => goInt(version.patch, 'uint64'))],
    ['Prerelease', fixed('', () => version.prerelease)],
    ['Metadata', fixed('', () => version.metadata)],
    ['String', fixed('', () => text)],
    ['Value', fixed('', () => text)],
    ['MarshalText', fixed('', () => new TextEncoder().encode(text))],
    ['MarshalJSON', fixed('', () => new TextEncoder().encode(JSON.stringify(text)))],
    [
      'IncMajor',
      fixed('', () => changed(version, { major: next('major', version.major), minor: 0n, patch: 0n })),
    ],
    ['IncMinor', fixed('', () => changed(version, { minor: next('minor', version.minor), patch: 0n }))],
    [
      'IncPatch',
      fixed('', () =>
        changed(version, version.prerelease === '' ? { patch: next('patch', version.patch) } : {}),
      ),
    ],
    [
      'SetPrerelease',
      fixed('string', (prerelease: string) =>
        changed(version, { ...version, prerelease: checkedPrerelease(prerelease) }),
      ),
    ],
    [
      'SetMetadata',
      fixed('string', (metadata: string) =>
        changed(version, { ...version, metadata: checkedMetadata(metadata) }),
      ),
    ],
  ]
}

function pointerMethods(version: Version): [string, GoFunction][] {
  const comparing = (answer: (order: number) => Value): GoFunction =>
    fixed('version', (other: VersionObject | null) => {
      if (other === null) throw new FunctionError(nilPointer)
      return answer(Math.sign(compareVersions(version, other.version)))
    })
  const isEqual = (other: VersionObject | null): boolean =>
    other !== null && compareVersions(version, other.version) === 0
  return [
    ['Original', fixed('', () => version.original)],
    ['Compare', comparing((order) => goInt(order))],
    ['Equal', fixed('version', isEqual)],
    ['LessThan', comparing((order) => order < 0)],
    ['LessThanEqual', comparing((order) => order <= 0)],
    ['GreaterThan', comparing((order) => order > 0)],
    ['GreaterThanEqual', comparing((order) => order >= 0)],
  ]
}

/** A version made from another: what is not said of it is gone, and a leading `v` stays. */
function changed(version: Version, parts: Partial<Version>): GoObject {
  const made = { ...version, prerelease: '', metadata: '', ...parts }
  const original = `${version.original.startsWith('v') ? 'v' : ''}${formatVersion(made)}`
  return new VersionObject({ ...made, original }, false)
}

function next(segment: string, number: bigint): bigint {
  if (number === lastNumber) throw new FunctionError(`${segment} version increment would overflow uint64`)
  return number + 1n
}

function checkedPrerelease(text: string): string {
  if (text === '') return text
  for (const part of text.split('.')) {
    if (/^0[0-9]+$/.test(part)) throw new FunctionError('version segment starts with 0')
    if (!/^[0-9A-Za-z-]+$/.test(part)) throw new FunctionError('invalid prerelease string')
  }
  return text
}

function checkedMetadata(text: string): string {
  if (text === '' || text.split('.').every((part) => /^[0-9A-Za-z-]+$/.test(part))) return text
  throw new FunctionError('invalid metadata string')
}

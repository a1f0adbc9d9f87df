import type { YamlValue } from '@chartroom/go'
import type { Field, FieldDecoders } from './go-decoder.ts'
import {
  decodeFlag,
  decodeList,
  decodeStruct,
  decodeText,
  decodeTextMap,
  decodeTexts,
  isMap,
  mismatch,
} from './go-decoder.ts'
import type { Dependency, Maintainer, Metadata } from './metadata.ts'

/** Chart.yaml as decoded, not yet sanitised or validated: anything may be absent, lists may hold null. */
export type MetadataDraft = Partial<Omit<Metadata, 'maintainers' | 'dependencies'>> & {
  readonly maintainers?: readonly (Maintainer | null)[] | undefined
  readonly dependencies?: readonly (Dependency | null)[] | undefined
}

/**
 * Decodes Chart.yaml, or requirements.yaml on top of it. Throws `CHART_INVALID` in Go's words for values of
 * a wrong kind.
 */
export function decodeMetadata(value: YamlValue, before: MetadataDraft = {}): MetadataDraft {
  if (value === null) return before
  if (!isMap(value)) throw mismatch(value, '', 'v2.Metadata')
  return decodeStruct<MetadataDraft>(value, metadataDecoders, { before, type: 'Metadata' })
}

/** Decodes a list of dependencies. `where` is Go's name of the field: `Metadata.dependencies`. */
export function decodeDependencies({
  value,
  before,
  where,
}: Field<readonly (Dependency | null)[]>): (Dependency | null)[] | undefined {
  const path = `${where.slice(where.indexOf('.') + 1)}.`
  return decodeList({ value, where }, '[]*v2.Dependency', (item, index) => {
    if (item === null) return null
    if (!isMap(item)) throw mismatch(item, where, 'v2.Dependency')
    // Go decodes into what already stands at this place of the list.
    const known = before?.[index] ?? undefined
    const place = { type: 'Dependency', path, before: known }
    return { name: '', repository: '', ...decodeStruct<Dependency>(item, dependencyDecoders, place) }
  })
}

function decodeMaintainers({
  value,
  before,
  where,
}: Field<readonly (Maintainer | null)[]>): (Maintainer | null)[] | undefined {
  return decodeList({ value, where }, '[]*v2.Maintainer', (item, index) => {
    if (item === null) return null
    if (!isMap(item)) throw mismatch(item, where, 'v2.Maintainer')
    const known = before?.[index] ?? undefined
    const place = { type: 'Maintainer', path: 'maintainers.', before: known }
    return decodeStruct<Maintainer>(item, maintainerDecoders, place)
  })
}

function decodeValues({ value, where }: Field<readonly YamlValue[]>): YamlValue[] | undefined {
  return decodeList({ value, where }, '[]interface {}', (item) => item)
}

const metadataDecoders: FieldDecoders<MetadataDraft> = {
  name: decodeText,
  home: decodeText,
  sources: decodeTexts,
  version: decodeText,
  description: decodeText,
  keywords: decodeTexts,
  maintainers: decodeMaintainers,
  icon: decodeText,
  apiVersion: decodeText,
  condition: decodeText,
  tags: decodeText,
  appVersion: decodeText,
  deprecated: decodeFlag,
  annotations: decodeTextMap,
  kubeVersion: decodeText,
  dependencies: decodeDependencies,
  type: decodeText,
}

const maintainerDecoders: FieldDecoders<Maintainer> = { name: decodeText, email: decodeText, url: decodeText }

const dependencyDecoders: FieldDecoders<Dependency> = {
  name: decodeText,
  version: decodeText,
  repository: decodeText,
  condition: decodeText,
  tags: decodeTexts,
  enabled: decodeFlag,
  'import-values': decodeValues,
  alias: decodeText,
}

/** Every name that Chart.yaml may use, for the strict reading of lint. */
export const metadataFieldNames: {
  readonly metadata: readonly string[]
  readonly maintainer: readonly string[]
  readonly dependency: readonly string[]
} = {
  metadata: Object.keys(metadataDecoders),
  maintainer: Object.keys(maintainerDecoders),
  dependency: Object.keys(dependencyDecoders),
}

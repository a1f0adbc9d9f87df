import { ChartroomError } from '@chartroom/errors'
import type { YamlMap } from '@chartroom/go'
import { formatYaml } from '@chartroom/go'
import type { Field, FieldDecoders } from '../metadata/go-decoder.ts'
import { decodeList, decodeStruct, decodeText, isMap, mismatch } from '../metadata/go-decoder.ts'
import { decodeYamlFile } from '../metadata/read-metadata.ts'

/** The file beside Chart.lock that says which bytes were meant; it is for the chart's source, never packaged. */
export const archiveDigestsFile = 'Chart.digests.yaml'

/** How the names begin that new dependencies have while they are fetched: what a killed run leaves is not packaged. */
export const dependencyWorkName = 'tmpcharts-chartroom'

/** The archive that one locked dependency was, `sha256:` and hex. */
export interface ArchiveDigest {
  readonly name: string
  readonly version: string
  /** As in the lock, without a login. */
  readonly repository: string
  readonly digest: string
  /** Of the manifest, where the archive came from a registry. */
  readonly manifestDigest?: string | undefined
}

interface Draft {
  apiVersion?: string
  dependencies?: ArchiveDigest[]
}

/** Reads Chart.digests.yaml. Throws `CHART_INVALID` or `YAML_INVALID` for what is none. */
export function readArchiveDigests(yaml: string): ArchiveDigest[] {
  return decodeYamlFile(archiveDigestsFile, yaml, (value) => {
    if (!isMap(value)) throw mismatch(value, '', 'Digests')
    const { apiVersion, dependencies = [] } = decodeStruct<Draft>(value, decoders, { type: 'Digests' })
    if (apiVersion === 'v1') return dependencies
    throw invalid(`its apiVersion is ${JSON.stringify(apiVersion ?? '')}, and this chartroom reads v1`)
  })
}

/** Chart.digests.yaml with these entries. */
export function archiveDigestsYaml(digests: readonly ArchiveDigest[]): string {
  return formatYaml({ apiVersion: 'v1', dependencies: digests.map(entryMap) })
}

function entryMap({ name, version, repository, digest, manifestDigest }: ArchiveDigest): YamlMap {
  const map: YamlMap = { name, version, repository, digest }
  return manifestDigest === undefined ? map : { ...map, manifestDigest }
}

const decoders: FieldDecoders<Draft> = { apiVersion: decodeText, dependencies: decodeEntries }

const entryDecoders: FieldDecoders<ArchiveDigest> = {
  name: decodeText,
  version: decodeText,
  repository: decodeText,
  digest: decodeText,
  manifestDigest: decodeText,
}

function decodeEntries({ value, where }: Field<readonly ArchiveDigest[]>): ArchiveDigest[] | undefined {
  return decodeList({ value, where }, '[]Digest', (item) => {
    if (!isMap(item)) throw mismatch(item, where, 'Digest')
    const entry = decodeStruct<ArchiveDigest>(item, entryDecoders, { type: 'Digest' })
    const { name, version, repository, digest, manifestDigest } = entry
    if (name === undefined || version === undefined || repository === undefined)
      throw invalid('each dependency has a name, version and repository')
    if (!isDigest(digest)) throw invalid(`the digest of ${name} ${version} is no sha256`)
    if (manifestDigest !== undefined && !isDigest(manifestDigest))
      throw invalid(`the manifestDigest of ${name} ${version} is no digest`)
    return { name, version, repository, digest, manifestDigest }
  })
}

function isDigest(text: string | undefined): text is string {
  return /^sha256:[0-9a-f]{64}$/.test(text ?? '')
}

function invalid(message: string): ChartroomError {
  return new ChartroomError('CHART_INVALID', message, {
    hint: 'Write the file anew: chartroom dependency update.',
  })
}

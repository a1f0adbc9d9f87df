import { ChartroomError } from '@chartroom/errors'
import type { YamlMap, YamlValue } from '@chartroom/go'
import { parseVersion, parseYaml } from '@chartroom/go'
import type { Index, IndexEntry } from './index-model.ts'
import { limits } from './limits.ts'
import { sortEntries } from './sort-entries.ts'

/** Reads an index, JSON or YAML. Throws `INDEX_INVALID`; single bad entries become warnings. */
export function parseIndex(text: string): Index {
  if (text.length > limits.indexBytes) throw invalid(`the index is longer than ${limits.indexBytes} bytes`)
  const root = readRoot(text)
  if (typeof root.apiVersion !== 'string' || root.apiVersion === '') throw invalid('no API version specified')
  const warnings: string[] = []
  const entries = new Map<string, IndexEntry[]>()
  let count = 0
  for (const [name, versions] of Object.entries(mapOf(root.entries))) {
    const list = Array.isArray(versions) ? versions : []
    count += list.length
    if (count > limits.entries) throw invalid(`the index has more than ${limits.entries} entries`)
    const read = list.flatMap((value, position) => readEntry(value, `${name}[${position}]`, warnings) ?? [])
    if (read.length > 0) entries.set(name, sortEntries(read))
  }
  return { entries, generated: textOf(root.generated), warnings }
}

function readRoot(text: string): YamlMap {
  if (text.trim() === '') throw invalid('empty index.yaml file')
  const value = parseJson(text) ?? parseYaml(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('an index is a map')
  return value
}

// JSON is tried first, because it is read many times faster than YAML.
function parseJson(text: string): YamlValue | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(text) as YamlValue
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function readEntry(value: YamlValue, where: string, warnings: string[]): IndexEntry | undefined {
  const map = mapOf(value)
  const { urls, created, digest, removed, ...rest } = map
  const name = textOf(map.name)
  const version = textOf(map.version)
  if (name === undefined || version === undefined || parseVersion(version) === undefined) {
    warnings.push(`${where} has no name or no valid version`)
    return undefined
  }
  if (removed === true) return undefined
  const metadata = Object.assign(Object.create(null) as YamlMap, rest)
  const list = Array.isArray(urls) ? urls.filter((url) => typeof url === 'string') : []
  return { name, version, urls: list, created: textOf(created), digest: textOf(digest), metadata }
}

function mapOf(value: YamlValue | undefined): YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function textOf(value: YamlValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function invalid(message: string): ChartroomError {
  return new ChartroomError('INDEX_INVALID', message, {
    hint: 'Check that the address is that of a Helm repository.',
  })
}

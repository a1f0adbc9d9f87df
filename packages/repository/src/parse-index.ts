import { ChartroomError, hasCode } from '@chartroom/errors'
import type { YamlMap, YamlValue } from '@chartroom/go'
import { parseVersion, parseYaml } from '@chartroom/go'
import type { Index, IndexEntry } from './index-model.ts'
import { limits } from './limits.ts'
import { sortEntries } from './sort-entries.ts'

/**
 * Reads an index, JSON or YAML. Throws `INDEX_INVALID`, also for a key that stands twice: one of the two would
 * be lost. Single bad entries become warnings.
 */
export function parseIndex(text: string): Index {
  if (text.length > limits.indexBytes) throw invalid(`the index is longer than ${limits.indexBytes} bytes`)
  const root = readRoot(text)
  if (typeof root.apiVersion !== 'string' || root.apiVersion === '') throw invalid('no API version specified')
  const warnings: string[] = []
  const entries = new Map<string, IndexEntry[]>()
  let count = 0
  for (const [name, versions] of Object.entries(mapOf(root.entries))) {
    const list = listOf(versions, name, warnings)
    count += list.length
    if (count > limits.entries) throw invalid(`the index has more than ${limits.entries} entries`)
    const read = list.flatMap((value, position) => readEntry(value, `${name}[${position}]`, warnings) ?? [])
    if (read.length > 0) entries.set(name, sortEntries(read))
  }
  return { entries, generated: textOf(root.generated), warnings }
}

function readRoot(text: string): YamlMap {
  if (text.trim() === '') throw invalid('empty index.yaml file')
  const value = parseJson(text) ?? parseStrictYaml(text)
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

function parseStrictYaml(text: string): YamlValue {
  try {
    return parseYaml(text, { strict: true })
  } catch (error) {
    if (!hasCode(error, 'YAML_INVALID', 'LIMIT_EXCEEDED')) throw error
    throw invalid(`the index cannot be read: ${error.message}`, error)
  }
}

function listOf(versions: YamlValue, name: string, warnings: string[]): readonly YamlValue[] {
  if (Array.isArray(versions)) return versions
  if (versions !== null) warnings.push(`${name} is no list of versions`)
  return []
}

function readEntry(value: YamlValue, where: string, warnings: string[]): IndexEntry | undefined {
  const { urls, created, digest, ...rest } = mapOf(value)
  const name = textOf(rest.name)
  const version = textOf(rest.version)
  const fault = faultOf(name, version) ?? (isDeep(rest, limits.depth) ? 'is nested too deeply' : undefined)
  if (name === undefined || version === undefined || fault !== undefined) {
    warnings.push(`${where} ${fault}`)
    return undefined
  }
  const metadata = Object.assign(Object.create(null) as YamlMap, rest)
  const list = Array.isArray(urls) ? urls.filter((url) => typeof url === 'string') : []
  return { name, version, urls: list, created: textOf(created), digest: textOf(digest), metadata }
}

function faultOf(name: string | undefined, version: string | undefined): string | undefined {
  if (name === undefined) return 'has no name'
  // Helm's rule: a name that leads out of its folder is none.
  if (/[/\\]/.test(name) || name === '.' || name === '..') return `has a name that is a path: ${name}`
  if (version === undefined) return 'has no version'
  return parseVersion(version) === undefined ? `has no valid version: ${version}` : undefined
}

// JSON has no limit of its own, and what walks an entry later would run out of stack.
function isDeep(value: YamlValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((part) => isDeep(part, depth - 1))
}

function mapOf(value: YamlValue | undefined): YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function textOf(value: YamlValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function invalid(message: string, cause?: unknown): ChartroomError {
  return new ChartroomError('INDEX_INVALID', message, {
    cause,
    hint: 'Check that the address is that of a Helm repository.',
  })
}

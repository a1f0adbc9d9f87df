import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { YamlMap, YamlValue } from '@chartroom/go'
import type { Chart } from './chart.ts'
import type { ChartFile } from './file.ts'
import { fileText } from './file.ts'
import { parseDocument } from './metadata/decode-document.ts'
import { isMap, mismatch } from './metadata/go-decoder.ts'
import { trimSpace } from './space.ts'

/** The chart's own values, which are the caller's to change; empty without values.yaml. */
export function chartValues(chart: Pick<Chart, 'files'>): YamlMap {
  const file = chart.files.find(({ name }) => name === 'values.yaml')
  if (file === undefined) return emptyMap()
  const known = loaded.get(file)
  loaded.delete(file)
  return known ?? readValues(fileText(file))
}

/** What was read when the chart was loaded, for the first who asks for it. */
const loaded = new WeakMap<ChartFile, YamlMap>()

/** Reads a chart's values.yaml when the chart is loaded. Throws as {@link readValues}. */
export function loadValuesFile(file: ChartFile): void {
  loaded.set(file, readValues(fileText(file)))
}

/**
 * Reads values.yaml as Helm 4 does: documents between `---` lines are merged, the later one wins, maps key by
 * key. Throws `CHART_INVALID` or `YAML_INVALID` for what is no map.
 */
export function readValues(text: string): YamlMap {
  return splitDocuments(text).reduce((values, document) => mergeMaps(values, mergeable(document)), emptyMap())
}

function mergeable(document: string): YamlMap {
  try {
    return valuesOf(document)
  } catch (error) {
    const { code, message, hint } = asChartroomError(error)
    throw new ChartroomError(code, `cannot unmarshal yaml document: ${message}`, { hint, cause: error })
  }
}

/** One document as values: null is an empty map. */
function valuesOf(document: string): YamlMap {
  const value = parseDocument(document)
  if (value === null) return emptyMap()
  if (!isMap(value)) throw mismatch(value, '', 'map[string]interface {}')
  return value
}

/** Splits at lines that begin with `---`; Kubernetes allows only a comment behind it. */
function splitDocuments(text: string): string[] {
  if (!/^---/m.test(text)) return [text]
  const documents: string[] = []
  let lines: string[] = []
  for (const line of text.split('\n')) {
    if (!line.startsWith('---')) {
      lines.push(line)
      continue
    }
    const behind = trimSpace(line.slice(3))
    if (behind !== '' && !behind.startsWith('#')) throw badSeparator(behind)
    if (lines.length > 0) documents.push(lines.join('\n'))
    // Helm hands the separator on with what follows when nothing stands before it.
    lines = []
  }
  if (lines.length > 0) documents.push(lines.join('\n'))
  return documents
}

function mergeMaps(under: YamlMap, over: YamlMap): YamlMap {
  const result: YamlMap = Object.assign(emptyMap(), under)
  for (const [key, value] of Object.entries(over)) {
    const below: YamlValue | undefined = result[key]
    result[key] = below !== undefined && isMap(below) && isMap(value) ? mergeMaps(below, value) : value
  }
  return result
}

function emptyMap(): YamlMap {
  const map: YamlMap = Object.create(null)
  return map
}

function badSeparator(text: string): ChartroomError {
  return new ChartroomError(
    'YAML_INVALID',
    `error reading yaml document: invalid Yaml document separator: ${text}`,
    {
      hint: 'Put "---" on a line of its own.',
    },
  )
}

import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { Value, ValueMap } from '@chartroom/go'
import { parseYamlValue, trimSpace } from '@chartroom/go'
import type { Chart } from './chart.ts'
import type { ChartFile } from './file.ts'
import { fileText } from './file.ts'
import { mismatch } from './metadata/go-decoder.ts'

/** The chart's own values, which are the caller's to change; empty without values.yaml. */
export function chartValues(chart: Pick<Chart, 'files'>): ValueMap {
  const file = chart.files.find(({ name }) => name === 'values.yaml')
  if (file === undefined) return new Map()
  const known = loaded.get(file)
  loaded.delete(file)
  return known ?? readValues(fileText(file))
}

/** What was read when the chart was loaded, for the first who asks for it. */
const loaded = new WeakMap<ChartFile, ValueMap>()

/** Reads a chart's values.yaml when the chart is loaded. Throws as {@link readValues}. */
export function loadValuesFile(file: ChartFile): void {
  loaded.set(file, readValues(fileText(file)))
}

/**
 * Reads values.yaml as Helm 4 does: documents between `---` lines are merged, the later one wins, maps key by
 * key. Throws `CHART_INVALID` or `YAML_INVALID` for what is no map.
 */
export function readValues(text: string): ValueMap {
  const [first, ...more] = splitDocuments(text)
  if (first === undefined) return new Map()
  return more.reduce((values, document) => mergeMaps(values, mergeable(document)), mergeable(first))
}

function mergeable(document: string): ValueMap {
  try {
    return valuesOf(document)
  } catch (error) {
    const { code, message, hint } = asChartroomError(error)
    throw new ChartroomError(code, `cannot unmarshal yaml document: ${message}`, { hint, cause: error })
  }
}

/** One document as values: null is an empty map. */
function valuesOf(document: string): ValueMap {
  const value = parseYamlValue(document)
  if (value === null) return new Map()
  if (isMap(value)) return value
  throw mismatch(value, '', 'map[string]interface {}')
}

function isMap(value: Value): value is ValueMap {
  return value instanceof Map
}

/** Splits at lines that begin with `---`; Kubernetes allows only a comment behind it. */
function splitDocuments(text: string): string[] {
  if (!text.startsWith('---') && !text.includes('\n---')) return [text]
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

function mergeMaps(under: ValueMap, over: ValueMap): ValueMap {
  const result: ValueMap = new Map(under)
  for (const [key, value] of over) {
    const below = result.get(key)
    result.set(key, isMap(below) && isMap(value) ? mergeMaps(below, value) : value)
  }
  return result
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

import { decodeDocument } from '@chartroom/chart'
import type { Value, YamlMap, YamlValue } from '@chartroom/go'
import { FunctionError, JsonSyntaxError, parseJsonPrefix, stringBytes, trimSpace } from '@chartroom/go'
import { chartFault } from '../chart-fault.ts'
import { splitDocuments } from './documents.ts'
import type { ObjectHead } from './object-head.ts'
import { decodeHead } from './object-head.ts'

export interface ReadObjects {
  readonly objects: readonly ObjectHead[]
  /** What is wrong with the document behind the last of `objects`. */
  readonly fault?: string | undefined
}

/** Reads a manifest as Kubernetes' decoder does: JSON objects one after another, or YAML documents. */
export function readObjects(text: string): ReadObjects {
  if (!trimSpace(text.slice(0, peeked)).startsWith('{')) return readYaml(text)
  const json = readJson(text)
  if (json.fault === undefined || json.count > 1 || json.rest === undefined) return json
  const yaml = readYaml(json.rest)
  // The error of the language that came first is reported, unless the other one got further.
  const fault = yaml.fault === undefined || yaml.documents > 0 ? yaml.fault : json.fault
  return { objects: [...json.objects, ...yaml.objects], fault }
}

/** How far Kubernetes looks for the brace that makes a text JSON. */
const peeked = 4096

interface JsonPart extends ReadObjects {
  readonly count: number
  /** What can be tried as YAML; a few last bytes never are. */
  readonly rest?: string | undefined
}

function readJson(text: string): JsonPart {
  const objects: ObjectHead[] = []
  let count = 0
  let rest = text
  while (trimSpace(rest) !== '') {
    try {
      const { value, end } = parseJsonPrefix(rest)
      const head = decodeHead(shallow(value, 2), 'json')
      if (head !== null) objects.push(head)
      rest = rest.slice(end)
      count++
    } catch (error) {
      const read = stringBytes(text).length - stringBytes(rest).length
      return { objects, fault: jsonFault(error, count > 1 ? undefined : read), count, rest: yamlRest(rest) }
    }
  }
  return { objects, count }
}

/** `read` are the bytes before the value, where Kubernetes says how far it came. */
function jsonFault(error: unknown, read: number | undefined): string {
  if (!(error instanceof FunctionError)) {
    return chartFault(error).message.replace(/^error unmarshaling JSON: while decoding JSON: /, '')
  }
  const { message } = error
  if (message === 'unexpected end of JSON input') return 'unexpected EOF'
  const isPlaced = error instanceof JsonSyntaxError && read !== undefined
  return isPlaced ? `json: offset ${read + error.offset}: ${message}` : message
}

function yamlRest(text: string): string | undefined {
  const rest = text.replace(/^[^\S\n]*\n?/, '')
  return rest.length < 4 ? undefined : rest
}

function readYaml(text: string): ReadObjects & { readonly documents: number } {
  const objects: ObjectHead[] = []
  let documents = 0
  try {
    for (const document of splitDocuments(text)) {
      const head = decodeDocument(document, (value) => decodeHead(value, 'yaml'))
      if (head !== null) objects.push(head)
      documents++
    }
  } catch (error) {
    return { objects, documents, fault: chartFault(error).message }
  }
  return { objects, documents }
}

/** As deep as the head of an object goes. */
function shallow(value: Value, depth: number): YamlValue {
  if (Array.isArray(value)) return []
  if (value instanceof Map) {
    const map: YamlMap = Object.create(null)
    if (depth > 0) for (const [key, item] of value) map[key] = shallow(item, depth - 1)
    return map
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

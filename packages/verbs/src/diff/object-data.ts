import type { Value, YamlMap, YamlValue } from '@chartroom/go'
import { GoInt, parseYamlDocuments } from '@chartroom/go'

/** Data of an object; whole numbers beyond 2^53 keep all their digits. */
export type ObjectData = Map<string, Value>

/** The YAML documents of a text. Throws `YAML_INVALID`. */
export function readDocuments(text: string): Value[] {
  const documents = parseYamlDocuments(text)
  if (!/\d{16}/.test(text)) return documents.map((document) => dataOf(document, undefined))
  const exact = parseYamlDocuments(text, { numberTexts: true })
  return documents.map((document, index) => dataOf(document, exact[index]))
}

/** Maps become `Map`, and each number that has lost digits gets them back from its own text. */
function dataOf(read: YamlValue, exact: YamlValue | undefined): Value {
  if (typeof read === 'number') return numberOf(read, exact)
  if (typeof read !== 'object' || read === null) return read
  if (Array.isArray(read)) {
    return read.map((item, index) => dataOf(item, Array.isArray(exact) ? exact[index] : undefined))
  }
  const texts: YamlMap = isYamlMap(exact) ? exact : {}
  return new Map(Object.entries(read).map(([key, value]) => [key, dataOf(value, texts[key])]))
}

function numberOf(read: number, exact: YamlValue | undefined): Value {
  if (Number.isSafeInteger(read) || typeof exact !== 'string' || !/^-?\d+$/.test(exact)) return read
  const whole = BigInt(exact)
  if (BigInt.asIntN(64, whole) === whole) return new GoInt('int64', whole)
  // Beyond 64 bits it is a float in Kubernetes too.
  return BigInt.asUintN(64, whole) === whole ? new GoInt('uint64', whole) : read
}

function isYamlMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isData(value: Value | undefined): value is ObjectData {
  return value instanceof Map
}

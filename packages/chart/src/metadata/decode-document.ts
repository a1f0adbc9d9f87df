import type { YamlValue } from '@chartroom/go'
import { parseYaml } from '@chartroom/go'

/** The first document of a YAML text. Throws `YAML_INVALID` in the words of sigs.k8s.io/yaml. */
export function parseDocument(text: string, options: { numberTexts?: boolean } = {}): YamlValue {
  return parseYaml(text, options)
}

/** Parses a YAML text and decodes it as Go decodes into a struct. */
export function decodeDocument<T>(text: string, decode: (value: YamlValue) => T): T {
  const value = parseDocument(text)
  const decoded = decode(value)
  // A string field takes a large number by how it is written, which the number itself no longer tells.
  if (!holdsNumber(value) || !wideNumber.test(text)) return decoded
  return decode(parseDocument(text, { numberTexts: true }))
}

/** Metadata seldom has a number that is not in quotes. */
function holdsNumber(value: YamlValue): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'number'
  return Array.isArray(value) ? value.some(holdsNumber) : Object.values(value).some(holdsNumber)
}

const wideNumber = /(?<![\w.:/@-])[-+]?(?:0[xX][\da-fA-F_]{6}|[\d_.]{7}|[\d_.]+[eE][-+]?\d)/

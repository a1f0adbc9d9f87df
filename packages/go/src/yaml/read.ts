import { ChartroomError } from '@chartroom/errors'
import { parseFull } from './full.ts'
import { limits } from './limits.ts'
import { parseSubset } from './subset/parse-subset.ts'
import type { YamlValue } from './value.ts'

export interface ReadOptions {
  /** Duplicate keys are errors; else the last one counts. */
  readonly strict?: boolean | undefined
}

/** The first document, as Helm reads it: go-yaml v2 and then JSON. An empty text is null. */
export function parseYaml(text: string, options: ReadOptions = {}): YamlValue {
  return parseYamlDocuments(text, options)[0] ?? null
}

/** All documents of a text. Throws `YAML_INVALID` with line and column. */
export function parseYamlDocuments(text: string, options: ReadOptions = {}): YamlValue[] {
  if (text.length > limits.bytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `a YAML text of ${text.length} characters is too long`)
  }
  const usual = parseSubset(text)
  return usual === undefined ? parseFull(text, options) : [usual]
}

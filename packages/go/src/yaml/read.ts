import { ChartroomError } from '@chartroom/errors'
import { parseFull, parseFullDocuments } from './full.ts'
import { toValue } from '../value/to-value.ts'
import type { Value } from '../value/value.ts'
import { limits } from './limits.ts'
import { parseSubset, parseSubsetValue } from './subset/parse-subset.ts'
import type { YamlValue } from './value.ts'

export interface ReadOptions {
  /** Duplicate keys are errors; else the last one counts. */
  readonly strict?: boolean | undefined
  /** Numbers are given as the texts that a Go string field takes them as. */
  readonly numberTexts?: boolean | undefined
  /**
   * Names in lower case: of a map's fields those that are asked for. Others may be left out, once it is certain
   * that they can be read.
   */
  readonly fields?: ReadonlySet<string> | undefined
}

/**
 * The first document, as Helm reads it: go-yaml v2 and then JSON. An empty text is null. Throws `YAML_INVALID`
 * in the words of sigs.k8s.io/yaml, with the line where go-yaml names one.
 */
export function parseYaml(text: string, options: ReadOptions = {}): YamlValue {
  checkLength(text)
  const usual = options.numberTexts === true ? undefined : parseSubset(text, options.fields)
  return usual === undefined ? parseFull(text, options) : usual
}

/** As {@link parseYaml}, as a template sees it: maps are `Map`. */
export function parseYamlValue(text: string): Value {
  checkLength(text)
  return parseSubsetValue(text) ?? toValue(parseFull(text, {}))
}

/** All documents of a text. Throws as {@link parseYaml} does. */
export function parseYamlDocuments(text: string, options: ReadOptions = {}): YamlValue[] {
  checkLength(text)
  const usual = options.numberTexts === true ? undefined : parseSubset(text)
  return usual === undefined ? parseFullDocuments(text, options) : [usual]
}

function checkLength(text: string): void {
  if (text.length > limits.bytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `a YAML text of ${text.length} characters is too long`)
  }
}

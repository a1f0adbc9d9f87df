import { ChartroomError } from '@chartroom/errors'
import { Decoder } from './parser/decode.ts'
import type { YamlNode } from './parser/node.ts'
import { YamlParser } from './parser/parser.ts'
import { YamlSyntaxError } from './parser/syntax-error.ts'
import type { ReadOptions } from './read.ts'
import type { YamlValue } from './value.ts'

/** The parser for every text; what the subset's parser is measured by. Gives the first document. */
export function parseFull(text: string, options: ReadOptions): YamlValue {
  return inGoWords(() => {
    const node = new YamlParser(text).document()
    return node === undefined ? null : decoded(node, options)
  })
}

/** As {@link parseFull}, all documents of a text. */
export function parseFullDocuments(text: string, options: ReadOptions): YamlValue[] {
  return inGoWords(() => {
    const parser = new YamlParser(text)
    const documents: YamlValue[] = []
    for (let node = parser.document(); node !== undefined; node = parser.document()) {
      documents.push(decoded(node, options))
    }
    return documents
  })
}

function decoded(node: YamlNode, options: ReadOptions): YamlValue {
  const decoder = new Decoder(options)
  const value = decoder.value(node)
  if (decoder.duplicates.length > 0) {
    throw new YamlSyntaxError(`unmarshal errors:\n${decoder.duplicates.map((one) => `  ${one}`).join('\n')}`)
  }
  const unlikeJson = decoder.unlikeJson(value)
  if (unlikeJson !== undefined) throw invalid(unlikeJson)
  return value
}

function inGoWords<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof YamlSyntaxError) throw invalid(`yaml: ${error.message}`, error)
    throw error
  }
}

function invalid(message: string, cause?: Error): ChartroomError {
  return new ChartroomError('YAML_INVALID', `error converting YAML to JSON: ${message}`, {
    cause,
    hint: 'Mend the YAML at this place.',
  })
}

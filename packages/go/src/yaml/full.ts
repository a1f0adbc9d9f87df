import { ChartroomError, isChartroomError } from '@chartroom/errors'
import { loadAll, YAMLException } from 'js-yaml'
import { limits } from './limits.ts'
import type { ReadOptions } from './read.ts'
import { goSchema, plainValue } from './schema.ts'
import type { YamlValue } from './value.ts'

/** The parser for every text; what the subset's parser is measured by. */
export function parseFull(text: string, options: ReadOptions): YamlValue[] {
  return load(text, options).map(plainValue)
}

function load(text: string, { strict }: ReadOptions): unknown[] {
  let source = text
  for (let retries = 0; ; retries++) {
    try {
      return loadAll(source, {
        schema: goSchema,
        json: strict !== true,
        maxDepth: limits.depth,
        maxAliases: limits.aliases,
      })
    } catch (error) {
      if (isChartroomError(error) || !(error instanceof YAMLException)) throw error
      if (error.reason !== 'deficient indentation' || retries >= limits.indentedLines) throw invalid(error)
      source = indentLine(source, error)
    }
  }
}

// go-yaml lets a line inside brackets or quotes start further left, and charts use it: `]` in the first
// column. White space means nothing there, so the line is moved to the right for the stricter parser.
function indentLine(source: string, error: YAMLException): string {
  const position = error.mark?.position ?? 0
  const start = source.lastIndexOf('\n', position - 1) + 1
  return source.slice(0, start) + ' '.repeat(limits.depth * 2) + source.slice(start)
}

function invalid(error: YAMLException): ChartroomError {
  const where =
    error.mark === undefined ? '' : ` at line ${error.mark.line + 1}, column ${error.mark.column + 1}`
  return new ChartroomError('YAML_INVALID', `${error.reason}${where}`, {
    cause: error,
    hint: 'Mend the YAML at this place.',
  })
}

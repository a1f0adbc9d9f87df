import type { GoFunction, Value } from '@chartroom/go'
import { formatJson, FunctionError, parseJson } from '@chartroom/go'
import { fixed } from './go-function.ts'

const pretty = { indent: '  ' }
const raw = { escapeHtml: false }

/** Helm replaces `toJson`, `mustToJson` and `fromJson` by its own. */
export const jsonFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['toJson', fixed('any', (value: Value) => emptyOnError(() => formatJson(value)))],
  ['mustToJson', fixed('any', (value: Value) => formatJson(value))],
  ['toPrettyJson', fixed('any', (value: Value) => emptyOnError(() => formatJson(value, pretty)))],
  ['mustToPrettyJson', fixed('any', (value: Value) => formatJson(value, pretty))],
  ['toRawJson', fixed('any', (value: Value) => formatJson(value, raw))],
  ['mustToRawJson', fixed('any', (value: Value) => formatJson(value, raw))],
  ['fromJson', fixed('string', (text: string) => nilOnError(() => parseJson(text)))],
  ['mustFromJson', fixed('string', parseJson)],
])

function emptyOnError(write: () => string): string {
  return nilOnError(write) ?? ''
}

// The forms without "must" tell nothing of an error.
function nilOnError<T>(run: () => T): T | null {
  try {
    return run()
  } catch (error) {
    if (error instanceof FunctionError) return null
    throw error
  }
}

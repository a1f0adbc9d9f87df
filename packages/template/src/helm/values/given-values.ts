import { asChartroomError } from '@chartroom/errors'
import type { ChartroomError } from '@chartroom/errors'
import { readValues } from '@chartroom/chart'
import type { ValueMap } from '@chartroom/go'
import { FunctionError, parseJsonMap } from '@chartroom/go'
import { valuesError } from '../error.ts'
import type { ValueReader } from './set/key-parser.ts'
import { parseSetLine } from './set/key-parser.ts'
import { fileReader, jsonReader, literalReader, stringReader, typedReader } from './set/readers.ts'
import { isTable } from './table.ts'

/** What a user gives over a chart's own values, in the spellings of Helm's flags. */
export interface GivenValues {
  /** `-f`: texts of YAML, the later win; the name is for errors. */
  readonly files?: readonly { readonly name: string; readonly text: string }[] | undefined
  /** `--set-json`: `a=[1],b=null`, or one object. */
  readonly setJson?: readonly string[] | undefined
  readonly set?: readonly string[] | undefined
  readonly setString?: readonly string[] | undefined
  /** `--set-file`: `key=name`. */
  readonly setFile?: readonly string[] | undefined
  /** The text of a file that `setFile` names. */
  readonly fileText?: ((name: string) => string) | undefined
  readonly setLiteral?: readonly string[] | undefined
}

/**
 * Merges what is given in Helm's order: files, then by kind of flag, whatever their order on the command line.
 * Throws `VALUES_INVALID` in Helm's words.
 */
export function mergeGivenValues(given: GivenValues): ValueMap {
  let values: ValueMap = new Map()
  for (const file of given.files ?? []) values = mergeMaps(values, readFile(file))
  for (const line of given.setJson ?? []) values = setJson(values, line)
  setAll(values, given.set, { flag: 'set', reader: typedReader })
  setAll(values, given.setString, { flag: 'set-string', reader: stringReader })
  setAll(values, given.setFile, { flag: 'set-file', reader: fileReader(given.fileText ?? noFiles) })
  setAll(values, given.setLiteral, { flag: 'set-literal', reader: literalReader })
  return values
}

/** The names of the files that `--set-file` lines want, so that they can be read beforehand. */
export function namedFiles(setFile: readonly string[]): string[] {
  const names: string[] = []
  const collect = fileReader((name) => {
    names.push(name)
    return ''
  })
  const values: ValueMap = new Map()
  setAll(values, setFile, { flag: 'set-file', reader: collect })
  return names
}

/** The second over the first, maps key by key; both stay as they are. */
function mergeMaps(under: ValueMap, over: ValueMap): ValueMap {
  const merged: ValueMap = new Map(under)
  for (const [key, value] of over) {
    const below = merged.get(key)
    merged.set(key, isTable(below) && isTable(value) ? mergeMaps(below, value) : value)
  }
  return merged
}

function readFile({ name, text }: { name: string; text: string }): ValueMap {
  try {
    return readValues(text)
  } catch (error) {
    const { message, hint } = asChartroomError(error)
    throw valuesError(`failed to parse ${name}: ${message}`, { hint, cause: error })
  }
}

function setJson(values: ValueMap, line: string): ValueMap {
  const isObject = line.trim().startsWith('{')
  try {
    if (isObject) return mergeMaps(values, parseJsonMap(line.trim()))
    parseSetLine(line, values, jsonReader)
    return values
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error
    throw unparsable(`failed parsing --set-json data ${isObject ? 'JSON: ' : ''}${line}`, 'set-json', error)
  }
}

interface SetKind {
  readonly flag: string
  readonly reader: ValueReader
}

function setAll(values: ValueMap, lines: readonly string[] | undefined, { flag, reader }: SetKind): void {
  for (const line of lines ?? []) {
    try {
      parseSetLine(line, values, reader)
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error
      throw unparsable(`failed parsing --${flag} data: ${error.message}`, flag, error)
    }
  }
}

const examples: Readonly<Record<string, string>> = {
  set: 'image.tag=1.2,list={a,b},ports[0].name=http',
  'set-json': `'labels={"a":"b"}'`,
  'set-file': 'config=path/of/file',
}

function unparsable(message: string, flag: string, cause: unknown): ChartroomError {
  const example = examples[flag] ?? 'image.tag=1.2'
  return valuesError(message, { hint: `Write it as in --${flag} ${example}.`, cause })
}

function noFiles(name: string): string {
  throw new FunctionError(`open ${name}: no such file or directory`)
}

import { ChartroomError } from '@chartroom/errors'
import type { YamlMap, YamlValue } from '@chartroom/go'
import { compareBytes } from '@chartroom/go'
import { scalarText } from './scalar-text.ts'

/** A field's value so far, and where it is, for messages. */
export interface Field<T> {
  readonly value: YamlValue
  /** What an earlier document left there: requirements.yaml is read on top of Chart.yaml. */
  readonly before: T | undefined
  /** As Go prints it: `Metadata.keywords`. */
  readonly where: string
}

/** Decodes one field; undefined stands for Go's zero value. */
export type FieldDecoder<T> = (field: Field<T>) => T | undefined

export type FieldDecoders<T> = { readonly [K in keyof T]-?: FieldDecoder<NonNullable<T[K]>> }

export interface StructPlace<T> {
  readonly before?: Partial<T> | undefined
  /** The Go type, `Metadata`. */
  readonly type: string
  /** The path of the field that holds the struct, with a dot at its end; empty at the top. */
  readonly path?: string | undefined
}

/**
 * Reads a YAML map into a record as Go's encoding/json does after sigs.k8s.io/yaml: names match without
 * regard to case, unknown ones are dropped, of equal ones the last in byte order wins.
 */
export function decodeStruct<T extends object>(
  map: YamlMap,
  decoders: FieldDecoders<T>,
  { before = {}, type, path = '' }: StructPlace<T>,
): Partial<T> {
  const result: Partial<T> = { ...before }
  for (const key of Object.keys(map).sort(compareBytes)) {
    const name = fieldOf(decoders, key)
    const value = map[key]
    if (name === undefined || value === undefined) continue
    decodeField(result, name, { decoder: decoders[name], value, where: `${type}.${path}${name}` })
  }
  return result
}

function fieldOf<T extends object>(decoders: FieldDecoders<T>, key: string): (string & keyof T) | undefined {
  const names = Object.keys(decoders) as (string & keyof T)[]
  const exact = names.indexOf(key as string & keyof T)
  if (exact >= 0) return names[exact]
  return names.find((one) => one.toLowerCase() === key.toLowerCase())
}

function decodeField<T, K extends keyof T>(
  result: Partial<T>,
  name: K,
  { decoder, value, where }: { decoder: FieldDecoder<NonNullable<T[K]>>; value: YamlValue; where: string },
): void {
  const decoded = decoder({ value, before: result[name] ?? undefined, where })
  if (decoded === undefined) delete result[name]
  else result[name] = decoded
}

/** Go keeps a string as it was when the document says null. */
export function decodeText({ value, before, where }: Field<string>): string | undefined {
  if (value === null) return before
  const text = scalarText(value)
  if (text === undefined) throw mismatch(value, where, 'string')
  return text === '' ? undefined : text
}

export function decodeFlag({ value, before, where }: Field<boolean>): boolean | undefined {
  if (value === null) return before
  if (typeof value !== 'boolean') throw mismatch(value, where, 'bool')
  return value ? true : undefined
}

export function decodeTexts({ value, where }: Field<readonly string[]>): string[] | undefined {
  return decodeList(
    { value, where },
    '[]string',
    (item) => decodeText({ value: item, before: '', where }) ?? '',
  )
}

export function decodeTextMap({
  value,
  before,
  where,
}: Field<Readonly<Record<string, string>>>): Record<string, string> | undefined {
  if (value === null) return undefined
  if (!isMap(value)) throw mismatch(value, where, 'map[string]string')
  const result: Record<string, string> = Object.assign(Object.create(null), before)
  for (const [key, item] of Object.entries(value)) {
    result[key] = decodeText({ value: item, before: '', where }) ?? ''
  }
  return Object.keys(result).length === 0 ? undefined : result
}

/** A list; null and an empty one both give undefined. */
export function decodeList<T>(
  { value, where }: Pick<Field<unknown>, 'value' | 'where'>,
  type: string,
  item: (value: YamlValue, index: number) => T,
): T[] | undefined {
  if (value === null) return undefined
  if (!Array.isArray(value)) throw mismatch(value, where, type)
  return value.length === 0 ? undefined : value.map(item)
}

export function isMap(value: YamlValue): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The error of encoding/json for a value of another kind. */
export function mismatch(value: unknown, where: string, type: string): ChartroomError {
  const place = where === '' ? 'Go value' : `Go struct field ${where}`
  const kind = kindOf(value)
  return new ChartroomError(
    'CHART_INVALID',
    `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${kind} into ${place} of type ${type}`,
  )
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}

import type { Value, ValueMap } from '@chartroom/go'
import type { Draft } from './draft.ts'
import { draftOfAddress } from './draft.ts'
import { formatFailure } from './format.ts'
import { isDistinct, isDistinctTexts, isType } from './keyword-value.ts'

/**
 * Whether a schema is certainly valid by its draft's metaschema, as nearly all are. Says no to every keyword and
 * value it does not know to be right in all drafts: those the metaschema must judge, which takes ten times as long.
 */
export function isPlainSchema(value: Value, draft: Draft): boolean {
  if (typeof value === 'boolean') return draft > 4
  if (!(value instanceof Map)) return false
  for (const [keyword, given] of value as ValueMap) {
    const isPlain = keywords.get(keyword)
    if (isPlain === undefined || !isPlain(given, draft)) return false
  }
  return true
}

type Check = (value: Value, draft: Draft) => boolean

const isText: Check = (value) => typeof value === 'string'
const isFlag: Check = (value) => typeof value === 'boolean'
const isNumber: Check = (value) => typeof value === 'number'
const isCount: Check = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0
const isAnything: Check = () => true
const isBound: Check = (value, draft) => draft > 4 && typeof value === 'number'

const isPattern: Check = (value) => typeof value === 'string' && formatFailure('regex', value) === undefined

const isReference: Check = (value) => typeof value === 'string' && /^#[\w/$.-]*$/.test(value)

const isKnownDraft: Check = (value) => typeof value === 'string' && draftOfAddress(value) !== undefined

/** A schema, or in every draft a boolean. */
const isSchemaOrFlag: Check = (value, draft) => typeof value === 'boolean' || isPlainSchema(value, draft)

const isSchemas: Check = (value, draft) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isPlainSchema(one, draft))

function isNamedSchemas(value: Value, draft: Draft): boolean {
  if (!(value instanceof Map)) return false
  for (const schema of (value as ValueMap).values()) if (!isPlainSchema(schema, draft)) return false
  return true
}

const keywords: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['$schema', isKnownDraft],
  ['$ref', isReference],
  ['$comment', isText],
  ['title', isText],
  ['description', isText],
  ['default', isAnything],
  ['type', isType],
  ['enum', isDistinct],
  ['const', isAnything],
  ['format', isText],
  ['pattern', isPattern],
  ['minLength', isCount],
  ['maxLength', isCount],
  ['minItems', isCount],
  ['maxItems', isCount],
  ['minProperties', isCount],
  ['maxProperties', isCount],
  ['uniqueItems', isFlag],
  ['minimum', isNumber],
  ['maximum', isNumber],
  ['exclusiveMinimum', isBound],
  ['exclusiveMaximum', isBound],
  ['required', isDistinctTexts],
  ['properties', isNamedSchemas],
  ['definitions', isNamedSchemas],
  ['$defs', isNamedSchemas],
  ['additionalProperties', isSchemaOrFlag],
  ['items', isPlainSchema],
  ['allOf', isSchemas],
  ['anyOf', isSchemas],
  ['oneOf', isSchemas],
  ['not', isPlainSchema],
  ['if', isPlainSchema],
  ['then', isPlainSchema],
  ['else', isPlainSchema],
])

import type { Value, ValueMap } from '@chartroom/go'
import { SchemaCompiler } from './compile.ts'
import { SchemaDocument } from './document.ts'
import type { Failure } from './failure.ts'
import { failureLines, topFailures } from './failure.ts'
import { knownDocument, requireSchema } from './metaschema.ts'
import { SchemaError } from './schema-error.ts'
import { validate } from './validate.ts'

/**
 * What a schema has against values, a line for each thing, or what is wrong with itself; undefined when nothing is.
 * Loaded when called: for most schemas `surelyFits` has the answer.
 */
export function reportValues(schema: Value, values: ValueMap): string | undefined {
  try {
    const failure = checkValues(schema, values)
    if (failure === undefined) return undefined
    return topFailures(failure)
      .flatMap((one) => failureLines(one))
      .map((line) => `${line}\n`)
      .join('')
  } catch (error) {
    if (error instanceof SchemaError) return error.message
    throw error
  }
}

/** Why values do not fit a schema; undefined when they do. Throws `SchemaError` for a schema that is none. */
function checkValues(schema: Value, values: ValueMap): Failure | undefined {
  const document = new SchemaDocument('file:///values.schema.json', schema)
  requireSchema(document)
  const compiler = new SchemaCompiler({ known: knownDocument, require: requireSchema })
  return validate(compiler.compile(document), values)
}

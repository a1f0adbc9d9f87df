import type { Value } from '@chartroom/go'
import { parseJson, quote } from '@chartroom/go'
import { SchemaCompiler } from './compile.ts'
import { SchemaDocument } from './document.ts'
import type { Draft } from './draft.ts'
import { failureLines, quoted, topFailures } from './failure.ts'
import { draft4 } from './metaschemas/draft-04.ts'
import { draft6 } from './metaschemas/draft-06.ts'
import { draft7 } from './metaschemas/draft-07.ts'
import { draft2019 } from './metaschemas/draft-2019-09.ts'
import { draft2020 } from './metaschemas/draft-2020-12.ts'
import type { SchemaNode } from './node.ts'
import { isPlainSchema } from './plain-schema.ts'
import { SchemaError } from './schema-error.ts'
import { validate } from './validate.ts'

const documents = new Map([...draft4, ...draft6, ...draft7, ...draft2019, ...draft2020])

const addresses: Readonly<Record<Draft, string>> = {
  4: 'http://json-schema.org/draft-04/schema',
  6: 'http://json-schema.org/draft-06/schema',
  7: 'http://json-schema.org/draft-07/schema',
  2019: 'https://json-schema.org/draft/2019-09/schema',
  2020: 'https://json-schema.org/draft/2020-12/schema',
}

const compiled = new Map<Draft, SchemaNode>()

/** The drafts' own documents, which schemas may refer to. */
export function knownDocument(address: string): Value {
  const document = documents.get(address)
  return document === undefined ? undefined : parseJson(document)
}

/** Throws `SchemaError` for what is no schema of its draft. */
export function requireSchema(document: SchemaDocument, pointer = ''): void {
  const { draft } = document.resourceAt(pointer)
  if (!isPlainSchema(document.lookup(pointer), draft)) requireByMetaschema(document, pointer)
}

/** The same, asking the draft's metaschema in any case. */
export function requireByMetaschema(document: SchemaDocument, pointer: string): void {
  const { draft } = document.resourceAt(pointer)
  const failure = validate(metaschema(draft), document.lookup(pointer))
  if (failure === undefined) return
  const lines = topFailures(failure).flatMap((one) => failureLines(one))
  const what = `${quote(`${document.address}#${pointer}`)} is not valid against metaschema`
  throw new SchemaError(
    [`${what}: jsonschema validation failed with ${quoted(`${addresses[draft]}#`)}`, ...lines].join('\n'),
  )
}

function metaschema(draft: Draft): SchemaNode {
  const known = compiled.get(draft)
  if (known !== undefined) return known
  const address = addresses[draft]
  const compiler = new SchemaCompiler({ known: knownDocument, assertFormat: true })
  const node = compiler.compile(new SchemaDocument(address, knownDocument(address)))
  compiled.set(draft, node)
  return node
}

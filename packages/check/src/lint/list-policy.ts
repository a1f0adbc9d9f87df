import type { FieldDecoders } from '@chartroom/chart'
import { decodeDocument, decodeList, decodeStruct, decodeTextMap, isMap, mismatch } from '@chartroom/chart'
import type { YamlValue } from '@chartroom/go'
import { chartFault } from '../chart-fault.ts'
import { firstDocument } from './documents.ts'

/** What is wrong with a List of objects: helm would not see a resource policy in it. Reads the first document. */
export function listPolicyFault(text: string): string | undefined {
  try {
    const { Items = [] } = decodeDocument(firstDocument(text), decodeItems)
    const hasPolicy = Items.some(
      (item) => item.Metadata?.Annotations?.['helm.sh/resource-policy'] !== undefined,
    )
    return hasPolicy ? "annotation 'helm.sh/resource-policy' within List objects are ignored" : undefined
  } catch (error) {
    return `unable to parse YAML: ${chartFault(error).message}`
  }
}

// Named as Go names the fields in errors.
interface List {
  readonly Items: readonly Item[]
}

interface Item {
  readonly Metadata?: ItemMetadata | undefined
}

interface ItemMetadata {
  readonly Annotations?: Readonly<Record<string, string>> | undefined
}

const metadataType = 'struct { Annotations map[string]string }'
const itemType = `struct { Metadata ${metadataType} }`

const metadataDecoders: FieldDecoders<ItemMetadata> = { Annotations: decodeTextMap }

const itemDecoders: FieldDecoders<Item> = {
  Metadata({ value, before, where }) {
    if (value === null) return before
    if (!isMap(value)) throw mismatch(value, where, metadataType)
    return decodeStruct(value, metadataDecoders, { before, type: '', path: 'Items.Metadata.' })
  },
}

const listDecoders: FieldDecoders<List> = {
  Items: ({ value, where }) =>
    decodeList({ value, where }, `[]${itemType}`, (item) => {
      if (item === null) return {}
      if (!isMap(item)) throw mismatch(item, where, itemType)
      return decodeStruct(item, itemDecoders, { type: '', path: 'Items.' })
    }),
}

function decodeItems(value: YamlValue): Partial<List> {
  return decodeStruct<List>(mapOf(value), listDecoders, { type: '' })
}

function mapOf(value: YamlValue): Record<string, YamlValue> {
  if (value === null) return {}
  if (isMap(value)) return value
  throw mismatch(value, '', `struct { Items []${itemType} }`)
}

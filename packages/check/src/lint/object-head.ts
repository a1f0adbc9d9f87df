import type { Field, FieldDecoder, FieldDecoders } from '@chartroom/chart'
import { decodeStruct, decodeText, isMap, mismatch } from '@chartroom/chart'
import type { YamlValue } from '@chartroom/go'

/** What lint reads of a Kubernetes object; absent texts are empty. */
export interface ObjectHead {
  readonly apiVersion: string
  readonly kind: string
  /** `metadata.name` */
  readonly name: string
}

/**
 * Decodes a document as Go decodes it into Helm's own struct; null where the document is. In `json` a text must
 * be one, in YAML it may be a number or a flag too. Throws `CHART_INVALID` in Go's words.
 */
export function decodeHead(value: YamlValue, language: 'json' | 'yaml'): ObjectHead | null {
  if (value === null) return null
  if (!isMap(value)) throw mismatch(value, '', 'rules.k8sYamlStruct')
  const text = language === 'json' ? strictText : decodeText
  const {
    apiVersion = '',
    Kind = '',
    Metadata,
  } = decodeStruct<Head>(value, headDecoders(text), {
    type: 'k8sYamlStruct',
  })
  return { apiVersion, kind: Kind, name: Metadata?.Name ?? '' }
}

// Named as Go names the fields in errors.
interface Head {
  readonly apiVersion: string
  readonly Kind: string
  readonly Metadata: HeadMetadata
}

interface HeadMetadata {
  readonly Namespace?: string | undefined
  readonly Name?: string | undefined
}

function headDecoders(text: FieldDecoder<string>): FieldDecoders<Head> {
  const metadata: FieldDecoders<HeadMetadata> = { Namespace: text, Name: text }
  return {
    apiVersion: text,
    Kind: text,
    Metadata({ value, before, where }) {
      if (value === null) return before
      if (!isMap(value)) throw mismatch(value, where, 'rules.k8sYamlMetadata')
      return decodeStruct(value, metadata, { before, type: 'k8sYamlMetadata', path: 'Metadata.' })
    },
  }
}

function strictText(field: Field<string>): string | undefined {
  const { value, where } = field
  if (value !== null && typeof value !== 'string') throw mismatch(value, where, 'string')
  return decodeText(field)
}

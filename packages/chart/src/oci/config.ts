import { formatJson, GoStruct } from '@chartroom/go'
import type { Metadata } from '../metadata/metadata.ts'
import { metadataFields } from '../metadata/write-metadata.ts'

/**
 * The config blob that Helm pushes. Take the metadata of the archive that is pushed (`loadArchive`): packing
 * drops what apiVersion v1 does not know from Chart.yaml.
 */
export function configJson(metadata: Metadata): Uint8Array {
  return new TextEncoder().encode(formatJson(new GoStruct(metadataFields(metadata))))
}

import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { YamlValue } from '@chartroom/go'
import { decodeDocument } from './decode-document.ts'
import { decodeMetadata } from './decode-metadata.ts'
import type { Metadata } from './metadata.ts'
import { finishMetadata } from './validate-metadata.ts'

/** Reads and validates Chart.yaml. Throws `CHART_INVALID` or `YAML_INVALID` in Helm's words. */
export function readMetadata(yaml: string): Metadata {
  return finishMetadata(decodeYamlFile('Chart.yaml', yaml, decodeMetadata))
}

/** Parses and decodes one YAML file of a chart; an error is prefixed as Helm does: `cannot load <file>: `. */
export function decodeYamlFile<T>(file: string, yaml: string, decode: (value: YamlValue) => T): T {
  try {
    return decodeDocument(yaml, decode)
  } catch (error) {
    throw cannotLoad(file, error)
  }
}

export function cannotLoad(file: string, error: unknown): ChartroomError {
  const { code, message, hint, cause } = asChartroomError(error)
  return new ChartroomError(code, `cannot load ${file}: ${message}`, {
    hint: hint ?? `Correct ${file} of the chart.`,
    cause: cause ?? error,
  })
}

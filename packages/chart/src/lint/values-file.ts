import { asChartroomError } from '@chartroom/errors'
import type { YamlMap } from '@chartroom/go'
import type { ChartFile } from '../file.ts'
import { fileText } from '../file.ts'
import { readValues } from '../values.ts'
import type { Finding } from './finding.ts'
import { checkSchema } from './schema.ts'

const path = 'values.yaml'

/** Helm's rules for values.yaml: it parses, and it is as values.schema.json wants it. */
export function lintValues(files: readonly ChartFile[]): Finding[] {
  const file = files.find(({ name }) => name === path)
  if (file === undefined) return [{ severity: 'info', path, message: 'file does not exist' }]
  let values: YamlMap
  try {
    values = readValues(fileText(file))
  } catch (error) {
    return [{ severity: 'error', path, message: `unable to parse YAML: ${asChartroomError(error).message}` }]
  }
  const schema = files.find(({ name }) => name === 'values.schema.json')
  if (schema === undefined || schema.data.length === 0) return []
  const { errors, unchecked } = checkSchema(fileText(schema), values)
  return [
    ...errors.map((message): Finding => ({ severity: 'error', path, message })),
    ...unchecked.map((message): Finding => ({ severity: 'warning', path: 'values.schema.json', message })),
  ]
}

import { isMap, mismatch, parseDocument } from '@chartroom/chart'
import type { YamlMap } from '@chartroom/go'
import { chartFault } from '../chart-fault.ts'
import type { Finding } from '../finding.ts'
import type { LintOptions } from './lint-options.ts'
import type { LintedFolder } from './linted-folder.ts'

const path = 'values.yaml'
const schemaFile = 'values.schema.json'

/** Helm's rules for values.yaml: its first document parses, and the user's values over it are as the schema wants. */
export async function lintValues(folder: LintedFolder, options: LintOptions): Promise<Finding[]> {
  if (folder.kindOf(path) === undefined) {
    return [{ severity: 'info', path, message: 'file does not exist', rule: 'values-file' }]
  }
  let values: YamlMap
  let schema: string
  try {
    values = valuesOf(folder)
    schema = folder.kindOf(schemaFile) === 'file' ? folder.read(schemaFile) : ''
  } catch (error) {
    const message = `unable to parse YAML: ${chartFault(error).message}`
    return [{ severity: 'error', path, message, rule: 'values-file' }]
  }
  if (schema === '' || options.skipSchemaValidation === true) return []
  const message = await options.engine.schemaFault(values, schema)
  return message === undefined ? [] : [{ severity: 'error', path, message, rule: 'values-schema' }]
}

function valuesOf(folder: LintedFolder): YamlMap {
  const value = parseDocument(folder.read(path))
  if (value === null) return {}
  if (!isMap(value)) throw mismatch(value, '', 'common.Values')
  return value
}

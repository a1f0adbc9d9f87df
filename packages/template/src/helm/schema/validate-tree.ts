import type { Value, ValueMap } from '@chartroom/go'
import { FunctionError, parseJson, typeOf } from '@chartroom/go'
import type { ChartNode } from '../chart-node.ts'
import { valuesError } from '../error.ts'
import { isTable } from '../values/table.ts'
import { reportValues } from './report-values.ts'
import { surelyFits } from './surely-fits.ts'

/**
 * Checks the values of each chart against its own values.schema.json. Throws `VALUES_INVALID` with a line for
 * each thing that does not fit.
 */
export function validateTree(node: ChartNode, values: ValueMap): void {
  const report = reportOf(node, values)
  if (report === '') return
  throw valuesError(
    `values don't meet the specifications of the schema(s) in the following chart(s):\n${report}`,
    { hint: 'Change the values at these places, or render with --skip-schema-validation.' },
  )
}

function reportOf(node: ChartNode, values: ValueMap): string {
  const own = node.schema === undefined ? undefined : validateSchema(node.schema, values)
  const lines = own === undefined ? [] : [`${node.name}:\n${own}`]
  for (const child of node.dependencies) lines.push(childReport(child, values.get(child.name)))
  return lines.join('')
}

function childReport(child: ChartNode, values: Value): string {
  if (values === undefined || values === null) return ''
  if (isTable(values)) return reportOf(child, values)
  return `${child.name}:\ninvalid type for values: expected object (map), got ${typeOf(values)}\n`
}

/** What a schema has against values, or is wrong with itself; undefined when nothing is. */
export function validateSchema(text: string, values: ValueMap): string | undefined {
  try {
    const schema = parseJson(text)
    return surelyFits(schema, values) ? undefined : reportValues(schema, values)
  } catch (error) {
    if (error instanceof FunctionError) return decoderText(error.message, text)
    throw error
  }
}

/** Helm reads a schema with Go's decoder of streams, which has other words for a text that ends too soon. */
function decoderText(message: string, text: string): string {
  if (message !== 'unexpected end of JSON input') return message
  return /^[ \t\r\n]*$/.test(text) ? 'EOF' : 'unexpected EOF'
}

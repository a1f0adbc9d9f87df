import { isMap, metadataFieldNames } from '@chartroom/chart'
import type { YamlValue } from '@chartroom/go'
import { compareBytes, parseYaml } from '@chartroom/go'
import { chartFault } from '../chart-fault.ts'

/** Why Chart.yaml is not to be read strictly: a key that is there twice, or one that Helm does not know. */
export function strictFailure(text: string): string | undefined {
  let value: YamlValue
  try {
    value = parseYaml(text, { strict: true })
  } catch (error) {
    return chartFault(error).message
  }
  const unknown = unknownField(value, metadataFieldNames.metadata)
  if (unknown === undefined) return undefined
  return `error unmarshaling JSON: while decoding JSON: json: unknown field ${JSON.stringify(unknown)}`
}

/** The first one in byte order, which is the order in which Go comes upon them. */
function unknownField(value: YamlValue, names: readonly string[]): string | undefined {
  if (value === null || !isMap(value)) return undefined
  for (const key of Object.keys(value).sort(compareBytes)) {
    const name = names.find((one) => one.toLowerCase() === key.toLowerCase())
    if (name === undefined) return key
    const unknown = unknownInItems(value[key], name)
    if (unknown !== undefined) return unknown
  }
  return undefined
}

function unknownInItems(value: YamlValue | undefined, name: string): string | undefined {
  const names = itemFields.get(name)
  if (names === undefined || !Array.isArray(value)) return undefined
  for (const item of value) {
    const unknown = unknownField(item, names)
    if (unknown !== undefined) return unknown
  }
  return undefined
}

const itemFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['maintainers', metadataFieldNames.maintainer],
  ['dependencies', metadataFieldNames.dependency],
])

import { compareBytes } from '@chartroom/go'

/** The keys of a map in the order of their bytes. */
export function sortedKeys(map: ReadonlyMap<string, unknown>): string[] {
  const keys = [...map.keys()]
  // The default order is by UTF-16 units, which differs only beyond the surrogates.
  return keys.some((key) => surrogate.test(key)) ? keys.sort(compareBytes) : keys.sort()
}

const surrogate = /[\ud800-\udfff]/

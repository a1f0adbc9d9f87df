import type { ChartFile } from '../file.ts'

/** Whether two lists of archive entries have equal names and bytes, in whatever order. */
export function sameContent(a: readonly ChartFile[], b: readonly ChartFile[]): boolean {
  const files = new Map(b.map(({ name, data }) => [name, data]))
  if (files.size !== b.length || a.length !== b.length) return false
  const seen = new Set<string>()
  return a.every(({ name, data }) => {
    const other = files.get(name)
    if (other === undefined || seen.has(name)) return false
    seen.add(name)
    return sameBytes(data, other)
  })
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

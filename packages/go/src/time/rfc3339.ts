const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/** UTC, whole seconds: `2026-01-02T03:04:05Z` (Go's time.RFC3339). */
export function formatRfc3339(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

/** UTC, with the milliseconds there are and no trailing zeros (Go's time.RFC3339Nano). */
export function formatRfc3339Nano(date: Date): string {
  const fraction = date
    .toISOString()
    .slice(19, 23)
    .replace(/\.?0+$/, '')
  return `${date.toISOString().slice(0, 19)}${fraction}Z`
}

/** Undefined for anything that is no RFC 3339 time; digits beyond milliseconds are dropped. */
export function parseRfc3339(text: string): Date | undefined {
  if (!pattern.test(text)) return undefined
  const date = new Date(
    text
      .replace(',', '.')
      .replace(/(\.\d{3})\d+/, '$1')
      .toUpperCase(),
  )
  return Number.isNaN(date.getTime()) ? undefined : date
}

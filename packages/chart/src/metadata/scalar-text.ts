import type { YamlValue } from '@chartroom/go'

/**
 * A scalar where Go wants a string, undefined for lists and maps. sigs.k8s.io/yaml prints numbers as Go
 * would a float32: `1.10` is `1.1`, `1.23456789` is `1.2345679`.
 */
export function scalarText(value: YamlValue): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return undefined
  return Number.isSafeInteger(value) ? String(value) : formatFloat32(value)
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32): the fewest digits that give the same float32. */
function formatFloat32(value: number): string {
  const narrow = Math.fround(value)
  if (!Number.isFinite(narrow)) return Number.isNaN(narrow) ? 'NaN' : narrow > 0 ? '+Inf' : '-Inf'
  let digits = 1
  while (digits < 9 && Math.fround(Number(narrow.toPrecision(digits))) !== narrow) digits++
  const [mantissa = '', exponent = ''] = narrow.toExponential(digits - 1).split('e')
  const power = Number(exponent)
  const shortened = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  if (power >= -4 && power < 6) return String(Number(`${shortened}e${power}`))
  return `${shortened}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

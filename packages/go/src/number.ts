/** Go's `strconv.FormatFloat(f, 'g', -1, 64)` with the exponent bounds of its users. */
export function formatExponent(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const sign = exponent.startsWith('-') ? '-' : '+'
  return `${mantissa}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`
}

/** Go's `strconv.FormatFloat(f, 'g', -1, 32)`, which sigs.k8s.io/yaml makes keys of. */
export function formatFloat32(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  const single = Math.fround(value)
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf'
  if (single === 0) return Object.is(value, -0) ? '-0' : '0'
  let digits = 1
  while (Math.fround(Number(single.toPrecision(digits))) !== single) digits++
  const shortest = Number(single.toPrecision(digits))
  const exponent = Number(shortest.toExponential().split('e')[1])
  return exponent < -4 || exponent >= 6 ? formatExponent(shortest) : String(shortest)
}

/** Go's `strconv.FormatFloat(f, 'g', -1, 64)` with the exponent bounds of its users. */
export function formatExponent(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const sign = exponent.startsWith('-') ? '-' : '+'
  return `${mantissa}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`
}

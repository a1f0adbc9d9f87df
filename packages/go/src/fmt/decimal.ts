/** The decimal digits of a positive number: 0.`digits` times ten to the power of `point`. */
export interface Decimal {
  /** Without zeros at either end; empty for zero. */
  readonly digits: string
  readonly point: number
}

/** The fewest digits that read back as the same number. */
export function shortestDecimal(value: number, bits: 32 | 64): Decimal {
  if (value === 0) return { digits: '', point: 0 }
  const text = bits === 64 ? value.toExponential() : shortestSingle(value)
  const [mantissa = '', exponent = '0'] = text.split('e')
  return { digits: trimZeros(mantissa.replace('.', '')), point: Number(exponent) + 1 }
}

function shortestSingle(value: number): string {
  const single = Math.fround(value)
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits)
    if (Math.fround(Number(text)) === single) return text
  }
  return single.toExponential(9)
}

/** Rounded half to even from the exact binary value, to a number of digits after the decimal point. */
export function fixedDecimal(value: number, fraction: number): Decimal {
  if (value === 0) return { digits: '', point: 0 }
  const wanted = Math.min(fraction, exactFraction)
  return fromScaled(scaled(value, wanted), wanted)
}

/** Rounded half to even from the exact binary value, to a number of significant digits (at least 1). */
export function significantDecimal(value: number, count: number): Decimal {
  if (value === 0) return { digits: '', point: 0 }
  const wanted = Math.min(count, exactDigits)
  // The exponent of the shortest form is that of the exact value or one above it.
  const guess = Number(value.toExponential().split('e')[1])
  const first = scaled(value, wanted - 1 - guess)
  if (first.toString().length >= wanted) return fromScaled(first, wanted - 1 - guess)
  return fromScaled(scaled(value, wanted - guess), wanted - guess)
}

/** No double has more digits than these: what is asked for beyond is zeros. */
const exactFraction = 1080
const exactDigits = 800

function fromScaled(whole: bigint, places: number): Decimal {
  if (whole === 0n) return { digits: '', point: 0 }
  const text = whole.toString()
  return { digits: trimZeros(text), point: text.length - places }
}

/** `value` times ten to the power of `places`, rounded half to even. */
function scaled(value: number, places: number): bigint {
  const { mantissa, exponent } = binary(value)
  let numerator = mantissa
  let denominator = 1n
  if (exponent >= 0) numerator <<= BigInt(exponent)
  else denominator <<= BigInt(-exponent)
  if (places >= 0) numerator *= 10n ** BigInt(places)
  else denominator *= 10n ** BigInt(-places)
  const quotient = numerator / denominator
  const twice = (numerator % denominator) * 2n
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n)
  return up ? quotient + 1n : quotient
}

const view = new DataView(new ArrayBuffer(8))

/** The exact parts of a finite positive number: mantissa times two to the power of exponent. */
export function binary(value: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 }
}

function trimZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

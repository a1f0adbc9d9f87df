import { FunctionError } from '@chartroom/go'

/** The numbers of an RSA key, in the order in which PKCS #1 has them. */
export interface RsaNumbers {
  readonly modulus: bigint
  readonly publicExponent: bigint
  readonly privateExponent: bigint
  readonly p: bigint
  readonly q: bigint
  /** Modulo p - 1, modulo q - 1, and the inverse of q; keys may come without them. */
  readonly helpers: readonly [dP: bigint, dQ: bigint, qInverse: bigint]
}

/** Refuses numbers that do not belong together, in Go's words and order. Other libraries take some of them, and sign
 * what nobody can verify. */
export function checkRsa(key: RsaNumbers): void {
  for (const [isWrong, complaint] of checks) if (isWrong(key)) throw new FunctionError(complaint)
}

const checks: ReadonlyArray<readonly [(key: RsaNumbers) => boolean, string]> = [
  [({ modulus, p, q }) => modulus < 2n || p < 2n || q < 2n, 'modulus must be > 1'],
  [({ modulus, privateExponent }) => privateExponent >= modulus, 'input overflows the modulus'],
  [({ p, helpers }) => helpers[2] >= p, 'input overflows the modulus'],
  [({ modulus }) => isEven(modulus), 'crypto/rsa: public modulus is even'],
  [({ publicExponent }) => publicExponent < 2n, 'crypto/rsa: public exponent too small or negative'],
  [({ publicExponent }) => isEven(publicExponent), 'crypto/rsa: public exponent is even'],
  [({ publicExponent }) => publicExponent >= 1n << 31n, 'crypto/rsa: public exponent too large'],
  [({ modulus, p, q }) => p >= modulus || q >= modulus, 'crypto/rsa: invalid prime'],
  [({ modulus, p, q }) => (p * q) % modulus !== 0n, 'crypto/rsa: p * q != n'],
  [(key) => !isInverse(key, key.helpers[0], key.p), 'crypto/rsa: invalid CRT exponent'],
  [(key) => !isInverse(key, key.helpers[1], key.q), 'crypto/rsa: invalid CRT exponent'],
  [({ p, q, helpers }) => (q * helpers[2]) % p !== 1n, 'crypto/rsa: invalid CRT coefficient'],
  [
    ({ p, privateExponent, helpers }) => privateExponent % (p - 1n) !== helpers[0],
    'crypto/rsa: d does not match dP',
  ],
  [
    ({ q, privateExponent, helpers }) => privateExponent % (q - 1n) !== helpers[1],
    'crypto/rsa: d does not match dQ',
  ],
  [({ p, q }) => p === q, 'crypto/rsa: p == q'],
  [({ modulus, p, q }) => bits(p - q) <= half(modulus) - 100, 'crypto/rsa: |p - q| too small'],
  [({ modulus, privateExponent }) => bits(privateExponent) <= half(modulus), 'crypto/rsa: d too small'],
]

function isInverse({ publicExponent }: RsaNumbers, exponent: bigint, prime: bigint): boolean {
  return exponent < prime - 1n && (exponent * publicExponent) % (prime - 1n) === 1n
}

/** What speeds the key up, where it comes without. */
export function rsaHelpers(privateExponent: bigint, p: bigint, q: bigint): RsaNumbers['helpers'] {
  if (p < 3n || q < 2n) return [0n, 0n, 0n]
  return [privateExponent % (p - 1n), privateExponent % (q - 1n), power(q % p, p - 2n, p)]
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (!isEven(rest)) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function isEven(value: bigint): boolean {
  return value % 2n === 0n
}

function bits(value: bigint): number {
  const size = value < 0n ? -value : value
  return size === 0n ? 0 : size.toString(2).length
}

/** Half the bits of a modulus. */
function half(modulus: bigint): number {
  return Math.floor(bits(modulus) / 2)
}

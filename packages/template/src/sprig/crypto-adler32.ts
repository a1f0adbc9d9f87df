/** Adler-32 as in RFC 1950, unsigned. */
export function adler32(data: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of data) {
    low = (low + byte) % modulus
    high = (high + low) % modulus
  }
  return high * 0x1_0000 + low
}

const modulus = 65_521

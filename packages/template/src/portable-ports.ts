import { cbc } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { sha512, sha256 as streamedSha256 } from '@noble/hashes/sha2.js'
import { FunctionError, intlZones } from '@chartroom/go'
import type { CryptoPort, Moment, TemplatePorts } from './ports.ts'
import { sha256 } from './sprig/crypto-sha256.ts'

/** What every JavaScript platform has as globals. */
interface Platform {
  readonly crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }
  readonly performance: { now(): number; readonly timeOrigin: number }
}

/** Ports for browsers and any other platform: all but keys and signatures. Without a cluster and a network. */
export function portablePorts(platform: Platform): TemplatePorts {
  return {
    now: () => momentOf(platform.performance),
    randomBytes: (length) => randomBytes(platform.crypto, length),
    crypto: portableCrypto,
    zones: intlZones,
  }
}

/** Digests and ciphers in plain JavaScript. Keys and signatures are missing. */
const portableCrypto: CryptoPort = {
  sha1,
  sha256,
  sha512,
  hmacSha256: (key, data) => hmac(streamedSha256, key, data),
  scrypt: (password, salt, { n, r, p, length }) => scrypt(password, salt, { N: n, r, p, dkLen: length }),
  encryptAesCbc: (key, iv, blocks) => cbc(key, iv, { disablePadding: true }).encrypt(blocks),
  decryptAesCbc: (key, iv, blocks) => cbc(key, iv, { disablePadding: true }).decrypt(blocks),
  generateKey: () => missing('making private keys'),
  publicKey: () => missing('reading private keys'),
  sign: () => missing('signing certificates'),
}

function missing(what: string): never {
  throw new FunctionError(`${what} is not possible on this platform: render the chart with Node instead`)
}

function momentOf(performance: Platform['performance']): Moment {
  const sinceStart = performance.now()
  const milliseconds = performance.timeOrigin + sinceStart
  const seconds = Math.floor(milliseconds / 1000)
  return {
    seconds,
    // The clock is exact to microseconds at best.
    nanoseconds: Math.floor((milliseconds - seconds * 1000) * 1000) * 1000,
    monotonic: BigInt(Math.floor(sinceStart * 1000)) * 1000n,
  }
}

/** Platforms give at most 64 KiB at a time. */
function randomBytes(crypto: Platform['crypto'], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

import type { KeyObject } from 'node:crypto'
import { FunctionError } from '@chartroom/go'
import type { CryptoPort, KeyKind, ScryptCost, SignatureHash } from '../ports.ts'
import { sha256 } from '../sprig/crypto-sha256.ts'

/** `node:crypto`, loaded at the first call that needs it. */
export const nodeCrypto: CryptoPort = {
  sha1: (data) => digest('sha1', data),
  sha256: (data) => (isSmall(data) ? sha256(data) : digest('sha256', data)),
  sha512: (data) => digest('sha512', data),
  hmacSha256: (key, data) => plain(native().createHmac('sha256', key).update(data).digest()),
  scrypt: deriveKey,
  encryptAesCbc(key, iv, blocks) {
    const cipher = native().createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
    return joined(cipher.update(blocks), cipher.final())
  },
  decryptAesCbc(key, iv, blocks) {
    const cipher = native().createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
    return joined(cipher.update(blocks), cipher.final())
  },
  generateKey: (kind) => plain(newKey(kind).export({ type: 'pkcs8', format: 'der' })),
  publicKey: (key) => plain(native().createPublicKey(keyOf(key)).export({ type: 'spki', format: 'der' })),
  sign: (key, hash, message) => signed(keyOf(key), hash, message),
}

let isLoaded = false

function native() {
  isLoaded = true
  return process.getBuiltinModule('node:crypto')
}

/** Bytes that plain JavaScript has hashed so far. */
let hashed = 0
/** Loading `node:crypto` takes 2.6 ms; hashing this much without it takes 2 ms. */
const cheaperWithoutLoading = 8192

function isSmall(data: Uint8Array): boolean {
  if (isLoaded) return false
  hashed += data.length
  return hashed <= cheaperWithoutLoading
}

function digest(algorithm: string, data: Uint8Array): Uint8Array {
  return plain(native().createHash(algorithm).update(data).digest())
}

function deriveKey(password: Uint8Array, salt: Uint8Array, { n, r, p, length }: ScryptCost): Uint8Array {
  const maxmem = 128 * r * (n + p + 2)
  return plain(native().scryptSync(password, salt, length, { N: n, r, p, maxmem }))
}

function newKey(kind: KeyKind): KeyObject {
  const crypto = native()
  switch (kind) {
    case 'rsa-2048':
      return crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    case 'rsa-4096':
      return crypto.generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey
    case 'dsa':
      return crypto.generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).privateKey
    case 'p-256':
      return crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
    case 'ed25519':
      return crypto.generateKeyPairSync('ed25519').privateKey
  }
}

/** A key from a template that OpenSSL does not take is an error of the template. */
function keyOf(pkcs8: Uint8Array): KeyObject {
  try {
    return native().createPrivateKey({ key: Buffer.from(pkcs8), type: 'pkcs8', format: 'der' })
  } catch (error) {
    throw refused(error)
  }
}

function signed(key: KeyObject, hash: SignatureHash | undefined, message: Uint8Array): Uint8Array {
  try {
    return plain(native().sign(hash ?? null, message, key))
  } catch (error) {
    throw refused(error)
  }
}

function refused(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  return new FunctionError(`the private key cannot be used: ${error.message}`)
}

function joined(first: Uint8Array, last: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + last.length)
  bytes.set(first)
  bytes.set(last, first.length)
  return bytes
}

/** Without what a Buffer adds: pure code must not come to rely on it. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}

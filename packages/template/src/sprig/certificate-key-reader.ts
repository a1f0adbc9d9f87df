import { FunctionError } from '@chartroom/go'
import { readStructure, required } from './certificate-asn1.ts'
import { integer, octetString, sequence, tags } from './certificate-der.ts'
import { DerReader } from './certificate-der-reader.ts'
import type { PrivateKey } from './certificate-key.ts'
import { curveSizes, keyOids, wrapDsaKey, wrapKey } from './certificate-key.ts'
import { decodePem } from './certificate-pem.ts'
import { checkRsa, rsaHelpers } from './certificate-rsa.ts'

const suffix = ' PRIVATE KEY'

/** Sprig's parsing of a private key: PKCS #8, PKCS #1, SEC 1, or a DSA key in OpenSSL's form. */
export function parsePrivateKey(text: string): PrivateKey {
  const block = decodePem(text)
  if (block === undefined) throw new FunctionError('no PEM data in input')
  const { type, bytes } = block
  if (type === 'PRIVATE KEY') return during('decoding PEM as PKCS#8', () => readPkcs8(bytes))
  if (!type.endsWith(suffix)) throw new FunctionError(`no private key data in PEM block of type ${type}`)
  const algorithm = type.slice(0, -suffix.length)
  const read = readers.get(algorithm)
  if (read === undefined) throw new FunctionError(`invalid private key type ${type}`)
  return during(`parsing ${algorithm} private key from PEM`, () => read(bytes))
}

/** Puts what was being done before the error. */
export function during<T>(action: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error
    throw new FunctionError(`${action}: ${error.message}`)
  }
}

function readPkcs8(bytes: Uint8Array): PrivateKey {
  refuse(bytes, 'ParseECPrivateKey', 'ParsePKCS1PrivateKey')
  const reader = readStructure(bytes, 'pkcs8')
  required(reader.integer())
  const identifier = required(reader.enter(tags.sequence))
  const algorithm = required(identifier.objectIdentifier())
  const inner = required(reader.read(tags.octetString)).content
  switch (algorithm) {
    case keyOids.rsa:
      return during('x509: failed to parse RSA private key embedded in PKCS#8', () => readRsa(inner))
    case keyOids.ecdsa: {
      const curve = identifier.objectIdentifier()
      return during('x509: failed to parse EC private key embedded in PKCS#8', () =>
        readElliptic(inner, curve),
      )
    }
    case keyOids.ed25519:
      return readSeed('ed25519', inner)
    case keyOids.x25519:
      return readSeed('x25519', inner)
    default:
      throw new FunctionError(
        `x509: PKCS#8 wrapping contained private key with unknown algorithm: ${algorithm}`,
      )
  }
}

function readRsa(bytes: Uint8Array): PrivateKey {
  refuse(bytes, 'ParseECPrivateKey', 'ParsePKCS8PrivateKey')
  const reader = readStructure(bytes, 'pkcs1PrivateKey')
  const version = numberOf(required(reader.integer()))
  const numbers = Array.from({ length: 5 }, () => numberOf(required(reader.integer())))
  const given = reader.nextTag === tags.integer ? Array.from({ length: 3 }, () => reader.integer()) : []
  const helpers = given.map((helper) => numberOf(required(helper)))
  if (version > 1n) throw new FunctionError('x509: unsupported private key version')
  if ([...numbers, ...helpers].some((number, index) => number <= 0n && index !== 1)) {
    throw new FunctionError('x509: private key contains zero or negative value')
  }
  // A key of more than two primes is left to who signs with it.
  if (reader.nextTag === tags.sequence) return wrapKey('rsa', bytes)
  const [modulus = 0n, publicExponent = 0n, privateExponent = 0n, p = 0n, q = 0n] = numbers
  const [dP, dQ, inverse] = helpers
  const known =
    dP === undefined || dQ === undefined || inverse === undefined ? undefined : ([dP, dQ, inverse] as const)
  const complete = known ?? rsaHelpers(privateExponent, p, q)
  checkRsa({ modulus, publicExponent, privateExponent, p, q, helpers: complete })
  return wrapKey('rsa', sequence(...[0n, ...numbers, ...complete].map(integerOf)))
}

/** @param bytes an integer of DER, with its sign */
function numberOf(bytes: Uint8Array): bigint {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`))
}

function integerOf(value: bigint): Uint8Array {
  const hex = value.toString(16)
  const pairs = hex.padStart(hex.length + (hex.length % 2), '0').match(/../g) ?? []
  return integer(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)))
}

function readElliptic(bytes: Uint8Array, curveOutside?: string): PrivateKey {
  refuse(bytes, 'ParsePKCS8PrivateKey', 'ParsePKCS1PrivateKey')
  const reader = during('x509: failed to parse EC private key', () => readStructure(bytes, 'ecPrivateKey'))
  const [version = 0] = required(reader.integer())
  const number = required(reader.read(tags.octetString)).content
  if (version !== 1) throw new FunctionError(`x509: unknown EC private key version ${version}`)
  const curve = curveOutside ?? reader.enter(0xa0)?.objectIdentifier() ?? ''
  const size = curveSizes.get(curve)
  if (size === undefined) throw new FunctionError('x509: unknown elliptic curve')
  const key = sequence(integer(Uint8Array.of(1)), octetString(ofSize(number, size)))
  return wrapKey('ecdsa', key, curve)
}

/** Some programs write zeros too many before the number, others leave them out. */
function ofSize(number: Uint8Array, size: number): Uint8Array {
  const extra = Math.max(number.length - size, 0)
  if (number.subarray(0, extra).some((byte) => byte !== 0)) {
    throw new FunctionError('x509: invalid private key length')
  }
  const bytes = new Uint8Array(size)
  const digits = number.subarray(extra)
  bytes.set(digits, size - digits.length)
  return bytes
}

function readSeed(algorithm: 'ed25519' | 'x25519', inner: Uint8Array): PrivateKey {
  const seed = required(new DerReader(inner).read(tags.octetString)).content
  if (seed.length === 32) return wrapKey(algorithm, octetString(seed))
  if (algorithm === 'x25519') throw new FunctionError('crypto/ecdh: invalid private key size')
  throw new FunctionError(`x509: invalid Ed25519 private key length: ${seed.length}`)
}

function readDsa(bytes: Uint8Array): PrivateKey {
  const reader = readStructure(bytes, 'DSAKeyFormat')
  required(reader.integer())
  const [p, q, g] = Array.from({ length: 3 }, () => required(reader.integer()))
  required(reader.integer()) // the public number, which follows from the others
  const x = required(reader.integer())
  return wrapDsaKey(sequence(...[p, q, g].map((number) => integer(required(number)))), integer(x))
}

/** Names the function that Go would take instead, where the bytes are a key in another form. */
function refuse(bytes: Uint8Array, ...others: Array<keyof typeof forms>): void {
  const fitting = others.find((other) => forms[other](bytes))
  if (fitting !== undefined) {
    throw new FunctionError(`x509: failed to parse private key (use ${fitting} instead for this key format)`)
  }
}

/** The tags that tell the forms of keys apart, after the version that all of them begin with. */
const forms = {
  ParseECPrivateKey: (bytes: Uint8Array) => secondTag(bytes) === tags.octetString,
  ParsePKCS1PrivateKey: (bytes: Uint8Array) => secondTag(bytes) === tags.integer,
  ParsePKCS8PrivateKey: (bytes: Uint8Array) => secondTag(bytes) === tags.sequence,
}

function secondTag(bytes: Uint8Array): number | undefined {
  const reader = new DerReader(bytes).enter(tags.sequence)
  return reader?.integer() === undefined ? undefined : reader.nextTag
}

const readers: ReadonlyMap<string, (bytes: Uint8Array) => PrivateKey> = new Map([
  ['RSA', readRsa],
  ['EC', (bytes: Uint8Array) => readElliptic(bytes)],
  ['DSA', readDsa],
])

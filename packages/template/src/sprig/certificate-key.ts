import type { CryptoPort, KeyKind, SignatureHash } from '../ports.ts'
import { required } from './certificate-asn1.ts'
import {
  bitString,
  derNull,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  tags,
} from './certificate-der.ts'
import { DerReader } from './certificate-der-reader.ts'
import { encodePem } from './certificate-pem.ts'

/** A private key, as Go's x509 has read or made it. */
export interface PrivateKey {
  readonly algorithm: 'rsa' | 'ecdsa' | 'ed25519' | 'dsa' | 'x25519'
  /** PKCS #8 in DER. */
  readonly pkcs8: Uint8Array
  /** The object identifier of an ECDSA key's curve. */
  readonly curve?: string | undefined
}

export const keyOids = {
  rsa: '1.2.840.113549.1.1.1',
  dsa: '1.2.840.10040.4.1',
  ecdsa: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
  x25519: '1.3.101.110',
} as const

/** Bytes of a private number, by the object identifier of the curve. */
export const curveSizes: ReadonlyMap<string, number> = new Map([
  ['1.3.132.0.33', 28], // P-224
  ['1.2.840.10045.3.1.7', 32], // P-256
  ['1.3.132.0.34', 48], // P-384
  ['1.3.132.0.35', 66], // P-521
])

const version0 = integer(Uint8Array.of(0))
const version1 = integer(Uint8Array.of(1))

/** The algorithms by the names of Sprig's `genPrivateKey`. */
const kinds: ReadonlyMap<string, { kind: KeyKind; algorithm: PrivateKey['algorithm']; curve?: string }> =
  new Map([
    ['', { kind: 'rsa-4096', algorithm: 'rsa' }],
    ['rsa', { kind: 'rsa-4096', algorithm: 'rsa' }],
    ['dsa', { kind: 'dsa', algorithm: 'dsa' }],
    ['ecdsa', { kind: 'p-256', algorithm: 'ecdsa', curve: '1.2.840.10045.3.1.7' }],
    ['ed25519', { kind: 'ed25519', algorithm: 'ed25519' }],
  ])

/** Sprig's `genPrivateKey`: a new key in PEM. */
export function generatePrivateKey(crypto: CryptoPort, type: string): string {
  const found = kinds.get(type)
  if (found === undefined) return `Unknown type ${type}`
  const { kind, algorithm, curve } = found
  return keyPem(crypto, { algorithm, curve, pkcs8: crypto.generateKey(kind) })
}

/** The key Sprig makes for a certificate that is given none. */
export function certificateKey(crypto: CryptoPort): PrivateKey {
  return { algorithm: 'rsa', pkcs8: crypto.generateKey('rsa-2048') }
}

/** PKCS #8 around the form that belongs to an algorithm. */
export function wrapKey(algorithm: PrivateKey['algorithm'], inner: Uint8Array, curve?: string): PrivateKey {
  const parameters = algorithm === 'rsa' ? [derNull] : curve === undefined ? [] : [objectIdentifier(curve)]
  const identifier = sequence(objectIdentifier(keyOids[algorithm]), ...parameters)
  return { algorithm, curve, pkcs8: sequence(version0, identifier, octetString(inner)) }
}

/** @param parameters the sequence of p, q and g
 * @param x the private number */
export function wrapDsaKey(parameters: Uint8Array, x: Uint8Array): PrivateKey {
  const identifier = sequence(objectIdentifier(keyOids.dsa), parameters)
  return { algorithm: 'dsa', pkcs8: sequence(version0, identifier, octetString(x)) }
}

/** The key in PEM, in the form that Sprig gives to each algorithm. */
export function keyPem(crypto: CryptoPort, key: PrivateKey): string {
  switch (key.algorithm) {
    case 'rsa':
      return encodePem('RSA PRIVATE KEY', innerKey(key))
    case 'ecdsa':
      return encodePem('EC PRIVATE KEY', ellipticKey(crypto, key))
    case 'dsa':
      return encodePem('DSA PRIVATE KEY', dsaKey(crypto, key))
    case 'ed25519':
    case 'x25519':
      return encodePem('PRIVATE KEY', key.pkcs8)
  }
}

/** What PKCS #8 wraps. */
function innerKey({ pkcs8 }: PrivateKey): Uint8Array {
  const reader = new DerReader(pkcs8).enter(tags.sequence)
  reader?.integer()
  reader?.read(tags.sequence)
  return required(reader?.read(tags.octetString)?.content)
}

/** SEC 1, with the curve and the public key. */
function ellipticKey(crypto: CryptoPort, key: PrivateKey): Uint8Array {
  const reader = new DerReader(innerKey(key)).enter(tags.sequence)
  reader?.integer()
  const number = required(reader?.read(tags.octetString)?.content)
  const curve = required(key.curve)
  return sequence(
    version1,
    octetString(number),
    explicit(0, objectIdentifier(curve)),
    explicit(1, bitString(publicBits(crypto.publicKey(key.pkcs8)))),
  )
}

/** OpenSSL's form: version, p, q, g, y, x. */
function dsaKey(crypto: CryptoPort, key: PrivateKey): Uint8Array {
  const reader = new DerReader(key.pkcs8).enter(tags.sequence)
  reader?.integer()
  const parameters = reader?.enter(tags.sequence)
  parameters?.objectIdentifier()
  const x = required(new DerReader(innerKey(key)).read(tags.integer)?.whole)
  const y = required(new DerReader(publicBits(crypto.publicKey(key.pkcs8))).read(tags.integer)?.whole)
  return sequence(version0, required(parameters?.read(tags.sequence)?.content), y, x)
}

/** The bits of a SubjectPublicKeyInfo. */
export function publicBits(info: Uint8Array): Uint8Array {
  const reader = new DerReader(info).enter(tags.sequence)
  reader?.read(tags.sequence)
  return required(reader?.bitString())
}

/** Bits of the modulus in the SubjectPublicKeyInfo of an RSA key. */
export function modulusBits(info: Uint8Array): number {
  const modulus = required(new DerReader(publicBits(info)).enter(tags.sequence)?.integer())
  const digits = modulus[0] === 0 ? modulus.subarray(1) : modulus
  return digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24
}

/** What signs with the key: the hash Go takes for it, and the AlgorithmIdentifier. */
export function signatureOf({ algorithm, curve }: PrivateKey): {
  hash: SignatureHash | undefined
  identifier: Uint8Array
} {
  if (algorithm === 'rsa') {
    return { hash: 'sha256', identifier: sequence(objectIdentifier('1.2.840.113549.1.1.11'), derNull) }
  }
  if (algorithm === 'ed25519') {
    return { hash: undefined, identifier: sequence(objectIdentifier(keyOids.ed25519)) }
  }
  const size = curveSizes.get(curve ?? '') ?? 0
  const hash = size > 48 ? 'sha512' : size > 32 ? 'sha384' : 'sha256'
  const last = { sha256: 2, sha384: 3, sha512: 4 }[hash]
  return { hash, identifier: sequence(objectIdentifier(`1.2.840.10045.4.3.${last}`)) }
}

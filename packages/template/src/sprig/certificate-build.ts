import type { GoTime } from '@chartroom/go'
import { FunctionError } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import {
  bitString,
  derTrue,
  element,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  tags,
} from './certificate-der.ts'
import type { PrivateKey } from './certificate-key.ts'
import { keyPem, modulusBits, publicBits, signatureOf } from './certificate-key.ts'
import { alternativeNames, commonName } from './certificate-name.ts'
import { encodePem } from './certificate-pem.ts'
import type { Issuer } from './certificate-reader.ts'
import { isEqual } from './certificate-reader.ts'

/** What a certificate is about. */
export interface CertificateRequest {
  readonly commonName: string
  readonly dnsNames: readonly string[]
  /** 4 or 16 bytes each. */
  readonly addresses: readonly Uint8Array[]
  readonly notBefore: GoTime
  readonly notAfter: GoTime
  readonly isAuthority: boolean
}

/** Who signs it: with a certificate, or the key that it is about. */
export interface Signer {
  readonly key: PrivateKey
  readonly certificate?: Issuer | undefined
}

export interface CertificateOrder {
  readonly request: CertificateRequest
  /** The key the certificate is about. */
  readonly key: PrivateKey
  readonly signer: Signer
}

/** A certificate and its key in PEM, with the fields in which Sprig makes them. */
export function buildCertificate(
  { request, key, signer }: CertificateOrder,
  { crypto, randomBytes }: TemplatePorts,
): { certificate: string; key: string } {
  const serial = integer(randomBytes(16))
  checkAlgorithms(key, signer.key)
  const publicKey = crypto.publicKey(key.pkcs8)
  const subject = commonName(request.commonName)
  const issuer = signer.certificate?.subject ?? subject
  checkSigner(signer, crypto.publicKey(signer.key.pkcs8))
  const { hash, identifier } = signatureOf(signer.key)
  const keyIdentifier = request.isAuthority ? crypto.sha256(publicBits(publicKey)).subarray(0, 20) : undefined
  const authority = isEqual(issuer, subject) ? undefined : signer.certificate?.keyIdentifier
  const body = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    serial,
    identifier,
    issuer,
    sequence(time(request.notBefore), time(request.notAfter)),
    subject,
    publicKey,
    explicit(3, sequence(...extensions(request, keyIdentifier, authority))),
  )
  const signature = crypto.sign(signer.key.pkcs8, hash, body)
  return {
    certificate: encodePem('CERTIFICATE', sequence(body, identifier, bitString(signature))),
    key: keyPem(crypto, key),
  }
}

function checkAlgorithms(key: PrivateKey, signingKey: PrivateKey): void {
  if (unfit[signingKey.algorithm] !== undefined) {
    throw new FunctionError('x509: certificate private key does not implement crypto.Signer')
  }
  const type = unfit[key.algorithm]
  if (type !== undefined) throw new FunctionError(`x509: unsupported public key type: ${type}`)
}

/** Go's types of public keys that it makes no certificates for. */
const unfit: Readonly<Partial<Record<PrivateKey['algorithm'], string>>> = {
  dsa: '*dsa.PublicKey',
  x25519: '*ecdh.PublicKey',
}

function checkSigner({ key, certificate }: Signer, publicKey: Uint8Array): void {
  if (certificate !== undefined && !isEqual(publicKey, certificate.publicKey)) {
    throw new FunctionError("x509: provided PrivateKey doesn't match parent's PublicKey")
  }
  const bits = key.algorithm === 'rsa' ? modulusBits(publicKey) : least
  if (bits >= least) return
  const page = 'https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size'
  throw new FunctionError(`crypto/rsa: ${bits}-bit keys are insecure (see ${page})`)
}

/** Bits of an RSA key that signs. */
const least = 1024

function extensions(
  { isAuthority, commonName: name, dnsNames, addresses }: CertificateRequest,
  keyIdentifier: Uint8Array | undefined,
  authority: Uint8Array | undefined,
): Uint8Array[] {
  // digitalSignature and keyEncipherment; keyCertSign for authorities
  const usage = isAuthority ? bitString(Uint8Array.of(0xa4), 2) : bitString(Uint8Array.of(0xa0), 5)
  const purposes = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'] // server and client authentication
  const all = [
    extension('2.5.29.15', usage, true),
    extension('2.5.29.37', sequence(...purposes.map(objectIdentifier))),
    extension('2.5.29.19', sequence(...(isAuthority ? [derTrue] : [])), true),
  ]
  if (keyIdentifier !== undefined) all.push(extension('2.5.29.14', octetString(keyIdentifier)))
  if (authority !== undefined) all.push(extension('2.5.29.35', sequence(implicit(0, authority))))
  if (dnsNames.length > 0 || addresses.length > 0) {
    all.push(extension('2.5.29.17', alternativeNames(dnsNames, addresses), name === ''))
  }
  return all
}

function extension(identifier: string, value: Uint8Array, isCritical = false): Uint8Array {
  const critical = isCritical ? [derTrue] : []
  return sequence(objectIdentifier(identifier), ...critical, octetString(value))
}

/** UTCTime holds two digits of the year, from 1950 to 2049. */
function time(moment: GoTime): Uint8Array {
  const { year } = moment.date
  if (year < 0 || year > 9999) {
    throw new FunctionError('asn1: structure error: cannot represent time as GeneralizedTime')
  }
  const isShort = year >= 1950 && year < 2050
  const written = moment.format(isShort ? '060102150405Z' : '20060102150405Z')
  const bytes = Uint8Array.from(written, (character) => character.charCodeAt(0))
  return element(isShort ? tags.utcTime : tags.generalizedTime, bytes)
}

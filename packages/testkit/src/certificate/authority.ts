import type { KeyObject } from 'node:crypto'
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import {
  bitString,
  element,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  time,
  utf8String,
} from './der.ts'

/** A certificate authority that lives as long as the test that made it. */
export interface Authority {
  /** PEM. */
  readonly certificate: string
  /** A server's certificate for names and addresses, all with the same key. */
  certify(names: readonly string[], validity?: Validity): Certified
}

export interface Certified {
  /** PEM. */
  readonly cert: string
  /** PEM. */
  readonly key: string
}

/** Default: from yesterday, for a year. */
export interface Validity {
  readonly from?: Date | undefined
  readonly until?: Date | undefined
}

const day = 86_400_000

export function createAuthority(name = 'Chartroom test CA'): Authority {
  const issuer = { name, keys: newKeys() }
  const server = newKeys()
  const own = certificate({ issuer, subject: issuer, extensions: authorityExtensions(issuer.keys.publicKey) })
  return {
    certificate: own,
    certify(names, validity) {
      const subject = { name: names[0] ?? '', keys: server }
      const extensions = serverExtensions(names, issuer.keys.publicKey)
      return {
        cert: certificate({ issuer, subject, extensions, validity }),
        key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      }
    },
  }
}

interface Keys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

interface Party {
  readonly name: string
  readonly keys: Keys
}

function newKeys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))

// RFC 5280 section 4.1.
function certificate(parts: {
  readonly issuer: Party
  readonly subject: Party
  readonly extensions: Buffer
  readonly validity?: Validity | undefined
}): string {
  const { issuer, subject, extensions, validity = {} } = parts
  const from = validity.from ?? new Date(Date.now() - day)
  const until = validity.until ?? new Date(Date.now() + 365 * day)
  const toBeSigned = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    ecdsaWithSha256,
    distinguishedName(issuer.name),
    sequence(time(from), time(until)),
    distinguishedName(subject.name),
    publicKeyInfo(subject.keys.publicKey),
    element(0xa3, extensions),
  )
  const signature = sign('sha256', toBeSigned, issuer.keys.privateKey)
  const der = sequence(toBeSigned, ecdsaWithSha256, bitString(signature))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function distinguishedName(name: string): Buffer {
  const commonName = sequence(objectIdentifier('2.5.4.3'), utf8String(name))
  return sequence(element(0x31, commonName))
}

function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

function authorityExtensions(key: KeyObject): Buffer {
  return sequence(
    extension('2.5.29.19', sequence(element(0x01, Buffer.from([0xff]))), true),
    // keyCertSign and cRLSign.
    extension('2.5.29.15', element(0x03, Buffer.from([1, 0x06])), true),
    extension('2.5.29.14', octetString(keyIdentifier(key))),
  )
}

function serverExtensions(names: readonly string[], issuer: KeyObject): Buffer {
  const general = names.map((name) =>
    isIP(name) === 4
      ? element(0x87, Buffer.from(name.split('.').map(Number)))
      : element(0x82, Buffer.from(name, 'latin1')),
  )
  return sequence(
    extension('2.5.29.17', sequence(...general)),
    // digitalSignature.
    extension('2.5.29.15', element(0x03, Buffer.from([7, 0x80])), true),
    // For servers, and for clients that show one.
    extension(
      '2.5.29.37',
      sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'), objectIdentifier('1.3.6.1.5.5.7.3.2')),
    ),
    extension('2.5.29.35', sequence(element(0x80, keyIdentifier(issuer)))),
  )
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  const mark = critical ? [element(0x01, Buffer.from([0xff]))] : []
  return sequence(objectIdentifier(id), ...mark, octetString(value))
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1').update(publicKeyInfo(key)).digest()
}

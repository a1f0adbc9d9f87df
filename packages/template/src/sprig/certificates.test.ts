import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodePorts } from '../node/ports.ts'
import type { TemplatePorts } from '../ports.ts'
import { DerReader } from './certificate-der-reader.ts'
import { decodePem } from './certificate-pem.ts'
import { cryptoFunctions } from './crypto.ts'
import type { GoldenCall } from '../../test/golden-crypto.ts'
import { callOrError, fieldOf, goldenCrypto, valueOf } from '../../test/golden-crypto.ts'

interface GoldenCertificate extends GoldenCall {
  /** The names of the keys, in keys.json. */
  readonly key: string
  readonly authority?: string
}

describe.each(['certificates', 'signed-certificates'])('%s', (name) => {
  const calls = goldenCrypto<GoldenCertificate[]>(name)

  it('are refused in the words of Sprig', () => {
    const refused = calls.filter(({ error }) => error !== undefined)
    const functions = cryptoFunctions(nodePorts)
    const answers = refused.map((call) => ({
      call,
      answer: callOrError(functions, call.fn, call.args.map(valueOf)),
    }))
    expect(answers.filter(({ call, answer }) => answer !== call.error)).toEqual([])
  })

  // ECDSA signs differently every time: there the part that is signed is compared.
  it('have the bytes that Go gives them for the same serial number and time', () => {
    const made = calls.filter(({ gives }) => gives !== undefined)
    const wrong = made.flatMap(({ fn, args, gives = '', key, authority }) => {
      const [certificate = '', keyPem = ''] = gives.split('|')
      const functions = cryptoFunctions(portsOf(certificate))
      const mine = callOrError(functions, fn, args.map(valueOf))
      const own = fieldOf(mine, 'Cert')
      const isSame = (authority ?? key).startsWith('P-')
        ? signedPart(own) === signedPart(certificate)
        : own === certificate
      return isSame && fieldOf(mine, 'Key') === keyPem ? [] : [{ fn, key, authority, certificate, own }]
    })
    expect(made.length).toBeGreaterThan(30)
    expect(wrong).toEqual([])
  })
})

describe('certificates made with new keys', () => {
  const functions = cryptoFunctions(nodePorts)
  const call = (name: string, ...args: unknown[]) =>
    callOrError(
      functions,
      name,
      args.map((arg) => valueOf(arg as never)),
    )
  const int = (value: number) => ({ $int: String(value) })

  it('of an authority and what it signs are accepted by OpenSSL', () => {
    const authority = callOrError(functions, 'genCA', ['my-ca', valueOf(int(365))])
    const args = ['svc', ['10.0.0.1', '::1'], ['svc.ns', '*.svc'], int(30)].map((arg) => valueOf(arg))
    const signed = callOrError(functions, 'genSignedCert', [...args, authority])
    const root = new X509Certificate(fieldOf(authority, 'Cert'))
    const leaf = new X509Certificate(fieldOf(signed, 'Cert'))
    expect(root.ca).toBe(true)
    expect(root.verify(root.publicKey)).toBe(true)
    expect(leaf.ca).toBe(false)
    expect(leaf.checkIssued(root)).toBe(true)
    expect(leaf.verify(root.publicKey)).toBe(true)
    expect(leaf.subject).toBe('CN=svc')
    expect(leaf.subjectAltName).toBe('DNS:svc.ns, DNS:*.svc, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1')
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(30 * 86_400_000)
    expect(fieldOf(signed, 'Key')).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/)
  })

  it('that nobody signs have a serial number of their own each time', () => {
    const numbers = [1, 2].map(() => {
      const made = call('genSelfSignedCert', 'x', null, null, int(1))
      return new X509Certificate(fieldOf(made, 'Cert')).serialNumber
    })
    expect(new Set(numbers).size).toBe(2)
  })

  it.each(['ecdsa', 'ed25519'])('of a key of %s carry that key', (type) => {
    const key = String(call('genPrivateKey', type))
    const made = call('genCAWithKey', 'x', int(1), key)
    expect(fieldOf(made, 'Key')).toBe(key)
    const certificate = new X509Certificate(fieldOf(made, 'Cert'))
    expect(certificate.verify(certificate.publicKey)).toBe(true)
  })

  it('are taken as they are by buildCustomCert', () => {
    const made = call('genCAWithKey', 'x', int(1), String(call('genPrivateKey', 'ecdsa')))
    const encoded = ['Cert', 'Key'].map((name) => Buffer.from(fieldOf(made, name)).toString('base64'))
    const custom = call('buildCustomCert', ...encoded)
    expect([fieldOf(custom, 'Cert'), fieldOf(custom, 'Key')]).toEqual([
      fieldOf(made, 'Cert'),
      fieldOf(made, 'Key'),
    ])
    expect(call('buildCustomCert', '!', '')).toBe('unable to decode base64 certificate')
    expect(call('buildCustomCert', '', '!')).toBe('unable to decode base64 private key')
    expect(call('buildCustomCert', '', '')).toBe('unable to decode certificate')
    expect(call('buildCustomCert', encoded[0], '')).toBe('error parsing private key: no PEM data in input')
  })
})

/** Ports that give a certificate's serial number and time again. */
function portsOf(pem: string): TemplatePorts {
  const certificate = new X509Certificate(pem)
  const serial = new Uint8Array(Buffer.from(certificate.serialNumber.padStart(32, '0'), 'hex'))
  return {
    ...nodePorts,
    randomBytes: () => serial,
    now: () => ({ seconds: Date.parse(certificate.validFrom) / 1000, nanoseconds: 999_999_999 }),
  }
}

/** The signed part in hexadecimal. */
function signedPart(pem: string): string {
  const part = new DerReader(decodePem(pem)?.bytes ?? Uint8Array.of()).enter(0x30)?.read(0x30)
  return Buffer.from(part?.whole ?? []).toString('hex')
}

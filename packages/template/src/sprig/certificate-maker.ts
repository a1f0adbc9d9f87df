import type { GoInt, GoObject, Value } from '@chartroom/go'
import { bytesString, FunctionError, GoTime, utc } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { decodeBase64 } from './base64.ts'
import type { CertificateOrder, CertificateRequest } from './certificate-build.ts'
import { buildCertificate } from './certificate-build.ts'
import type { PrivateKey } from './certificate-key.ts'
import { certificateKey } from './certificate-key.ts'
import { during, parsePrivateKey } from './certificate-key-reader.ts'
import { dnsNames, ipAddresses } from './certificate-name.ts'
import { parseCertificate } from './certificate-reader.ts'

export { generatePrivateKey } from './certificate-key.ts'

/** Common name, addresses, DNS names, days. */
type Subject = readonly [name: string, ips: Value, dns: Value, days: GoInt]
/** With the key in PEM, or one made for it. */
export type SelfSigned = [...Subject, key?: string | undefined]
/** With the certificate and key that sign it. */
export type Signed = [...Subject, authority: GoObject, key?: string | undefined]

/** A certificate that may sign others. */
export function makeAuthority(ports: TemplatePorts, [name, ips, dns, days, pem]: SelfSigned): GoObject {
  const key = keyOf(ports, pem)
  return make(ports, { request: requestOf(ports, [name, ips, dns, days], true), key, signer: { key } })
}

export function makeSelfSigned(ports: TemplatePorts, [name, ips, dns, days, pem]: SelfSigned): GoObject {
  const key = keyOf(ports, pem)
  return make(ports, { request: requestOf(ports, [name, ips, dns, days]), key, signer: { key } })
}

export function makeSigned(ports: TemplatePorts, [name, ips, dns, days, authority, pem]: Signed): GoObject {
  const key = keyOf(ports, pem)
  const certificate = parseCertificate(textField(authority, 'Cert'))
  const signingKey = during('error parsing private key', () => parsePrivateKey(textField(authority, 'Key')))
  const request = requestOf(ports, [name, ips, dns, days])
  return make(ports, { request, key, signer: { key: signingKey, certificate } })
}

function keyOf({ crypto }: TemplatePorts, pem: string | undefined): PrivateKey {
  if (pem === undefined) return certificateKey(crypto)
  return during('parsing private key', () => parsePrivateKey(pem))
}

function requestOf(
  ports: TemplatePorts,
  [name, ips, dns, days]: Subject,
  isAuthority = false,
): CertificateRequest {
  const addresses = ipAddresses(ips)
  const names = dnsNames(dns)
  const { seconds, nanoseconds } = ports.now()
  const notBefore = new GoTime({ seconds: BigInt(seconds), nanoseconds, zone: utc, local: utc })
  const notAfter = notBefore.add(BigInt.asIntN(64, days.value * day))
  return { commonName: name, dnsNames: names, addresses, notBefore, notAfter, isAuthority }
}

function make(ports: TemplatePorts, order: CertificateOrder): GoObject {
  const made = during('error creating certificate', () => buildCertificate(order, ports))
  return goCertificate(made.certificate, made.key)
}

const day = 86_400n * 1_000_000_000n

/** Go's `sprig.certificate`. */
function goCertificate(certificate: string, key: string): GoObject {
  return {
    goType: 'sprig.certificate',
    goKind: 'struct',
    fields: new Map([
      ['Cert', certificate],
      ['Key', key],
    ]),
    methods: new Map(),
  }
}

function textField(object: GoObject, name: string): string {
  const value = object.fields.get(name)
  return typeof value === 'string' ? value : ''
}

/** A certificate and a key that are there already, in base64 of PEM. */
export function customCertificate(certificate: string, key: string): GoObject {
  const certificatePem = decoded(certificate, 'unable to decode base64 certificate')
  const keyText = decoded(key, 'unable to decode base64 private key')
  parseCertificate(certificatePem)
  during('error parsing private key', () => parsePrivateKey(keyText))
  return goCertificate(certificatePem, keyText)
}

function decoded(text: string, complaint: string): string {
  const bytes = decodeBase64(text)
  if (typeof bytes === 'string') throw new FunctionError(complaint)
  return bytesString(bytes)
}

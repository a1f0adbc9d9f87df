// Certificates that Go is asked for, with keys made anew at each run.
import { generateKeyPairSync } from 'node:crypto'

const elliptic = (namedCurve, type) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type, format: 'pem' })
const rsa = (modulusLength, type) =>
  generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ type, format: 'pem' })
const pkcs8 = (type) => generateKeyPairSync(type).privateKey.export({ type: 'pkcs8', format: 'pem' })

/** @param dsa a DSA key as Go writes it */
export function keysWith(dsa) {
  const p256 = elliptic('prime256v1', 'sec1')
  return {
    'RSA in PKCS #1': rsa(2048, 'pkcs1'),
    'RSA in PKCS #8': rsa(2048, 'pkcs8'),
    'RSA too short to sign': rsa(512, 'pkcs1'),
    'P-224': elliptic('secp224r1', 'sec1'),
    'P-256': p256,
    'P-384 in PKCS #8': elliptic('secp384r1', 'pkcs8'),
    'P-521': elliptic('secp521r1', 'sec1'),
    'a curve Go lacks': elliptic('secp256k1', 'pkcs8'),
    Ed25519: pkcs8('ed25519'),
    X25519: pkcs8('x25519'),
    DSA: dsa,
    'P-256 labelled RSA': p256.replaceAll('EC PRIVATE', 'RSA PRIVATE'),
    'P-256 labelled PKCS #8': p256.replaceAll('EC PRIVATE', 'PRIVATE'),
    'P-256 after other lines': `certificate of: nobody\n${p256}\n`,
    'not PEM': 'foo',
    'a certificate': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    'another type': '-----BEGIN FOO PRIVATE KEY-----\nAAAA\n-----END FOO PRIVATE KEY-----\n',
    'bad DER': '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n',
    'bad DER of EC': '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n',
    'bad DER of DSA': '-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----\n',
    'bad DER of PKCS #8': '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
  }
}

/** Common name, addresses, names, days. */
export const subjects = [
  ['foo-ca', [], [], 365],
  ['', ['10.0.0.1', '::1', 'fe80::1:2', '::ffff:1.2.3.4'], ['a.b', '*.c.d'], 10],
  ['wild *&@', ['1.2.3.4'], ['x'], 36_500],
  ['ümlaut', [], ['a'.repeat(200)], -1],
  ["it's (a) test, ok/+:=?-.", [], [], 100_000],
]

export const badSubjects = [
  ['x', ['1'], [], 1],
  ['x', ['1.2.3.04'], [], 1],
  ['x', ['1.2.3.256'], [], 1],
  ['x', ['fe80::1%eth0'], [], 1],
  ['x', ['1::2::3'], [], 1],
  ['x', ['1:2:3:4:5:6:7:8:9'], [], 1],
  ['x', ['1:2:3:4:5:6:7::8'], [], 1],
  ['x', [true], [], 1],
  ['x', [], [1.5], 1],
  ['x', [], ['é'], 1],
  ['\udcff', [], [], 1],
]

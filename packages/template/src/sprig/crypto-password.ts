import type { GoInt } from '@chartroom/go'
import { FunctionError, stringBytes } from '@chartroom/go'
import { encodeBase64, hashSync } from 'bcryptjs'
import type { CryptoPort, TemplatePorts } from '../ports.ts'
import { byteLength, isBroken } from './bytes.ts'

/** Go's bcrypt with its default cost. Like Sprig, it gives its error as the result. */
export function bcrypt(password: string, randomBytes: TemplatePorts['randomBytes']): string {
  if (byteLength(password) > 72) {
    return 'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes'
  }
  if (isBroken(password)) throw new FunctionError('bcrypt takes no bytes that are not UTF-8')
  const salt = encodeBase64(randomBytes(16), 16)
  return hashSync(password, `$2a$10$${salt}`)
}

export function htpasswd(user: string, password: string, randomBytes: TemplatePorts['randomBytes']): string {
  return user.includes(':') ? `invalid username: ${user}` : `${user}:${bcrypt(password, randomBytes)}`
}

/** What a password is derived for. */
export interface Account {
  readonly counter: GoInt
  /** A key of the templates: `long`, `pin`. */
  readonly type: string
  readonly master: string
  readonly user: string
  readonly site: string
}

/** The Master Password algorithm: the same password for the same account, with nothing stored. */
export function derivePassword(crypto: CryptoPort, { counter, type, master, user, site }: Account): string {
  const templates = passwordTemplates.get(type)
  if (templates === undefined) return `cannot find password template ${type}`
  const scope = stringBytes('com.lyndir.masterpassword')
  const userBytes = stringBytes(user)
  const siteBytes = stringBytes(site)
  const salt = joined(scope, uint32(userBytes.length), userBytes)
  const key = crypto.scrypt(stringBytes(master), salt, { n: 32_768, r: 8, p: 2, length: 64 })
  const message = joined(scope, uint32(siteBytes.length), siteBytes, uint32(Number(counter.value)))
  const [choice = 0, ...seed] = crypto.hmacSha256(key, message)
  const template = templates[choice % templates.length] ?? ''
  return Array.from(template, (kind, index) => {
    const characters = templateCharacters[kind] ?? ''
    return characters[(seed[index] ?? 0) % characters.length]
  }).join('')
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Big-endian. */
function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

const passwordTemplates: ReadonlyMap<string, readonly string[]> = new Map([
  ['maximum', ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno']],
  [
    'long',
    [
      'CvcvnoCvcvCvcv',
      'CvcvCvcvnoCvcv',
      'CvcvCvcvCvcvno',
      'CvccnoCvcvCvcv',
      'CvccCvcvnoCvcv',
      'CvccCvcvCvcvno',
      'CvcvnoCvccCvcv',
      'CvcvCvccnoCvcv',
      'CvcvCvccCvcvno',
      'CvcvnoCvcvCvcc',
      'CvcvCvcvnoCvcc',
      'CvcvCvcvCvccno',
      'CvccnoCvccCvcv',
      'CvccCvccnoCvcv',
      'CvccCvccCvcvno',
      'CvcvnoCvccCvcc',
      'CvcvCvccnoCvcc',
      'CvcvCvccCvccno',
      'CvccnoCvcvCvcc',
      'CvccCvcvnoCvcc',
      'CvccCvcvCvccno',
    ],
  ],
  ['medium', ['CvcnoCvc', 'CvcCvcno']],
  ['short', ['Cvcn']],
  ['basic', ['aaanaaan', 'aannaaan', 'aaannaaa']],
  ['pin', ['nnnn']],
])

const templateCharacters: Readonly<Record<string, string>> = {
  V: 'AEIOU',
  C: 'BCDFGHJKLMNPQRSTVWXYZ',
  v: 'aeiou',
  c: 'bcdfghjklmnpqrstvwxyz',
  A: 'AEIOUBCDFGHJKLMNPQRSTVWXYZ',
  a: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz',
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()',
}

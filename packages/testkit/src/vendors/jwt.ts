import type { KeyObject, KeyPairKeyObjectResult } from 'node:crypto'
import { createVerify, generateKeyPairSync, randomUUID, sign } from 'node:crypto'

/** Somebody who signs JSON Web Tokens with RS256. */
export interface TokenSigner {
  readonly publicKey: KeyObject
  /** PEM, PKCS 8. */
  readonly privateKey: string
  /** `iat` and `jti` are added. */
  sign(claims: Readonly<Record<string, unknown>>): string
}

let keys: KeyPairKeyObjectResult | undefined

/** All sign with one key, because making one takes longer than most tests; who signed is told by the claims. */
export function createTokenSigner(): TokenSigner {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { publicKey, privateKey } = keys
  return {
    publicKey,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign(claims) {
      const head = encode({ typ: 'JWT', alg: 'RS256' })
      const payload = encode({ jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims })
      const signature = sign('sha256', Buffer.from(`${head}.${payload}`), privateKey).toString('base64url')
      return `${head}.${payload}.${signature}`
    },
  }
}

/** The claims of a token; undefined where it is none, or not signed by this key. */
export function verifiedClaims(
  token: string | null,
  publicKey: KeyObject,
): Readonly<Record<string, unknown>> | undefined {
  const [head, payload, signature] = (token ?? '').split('.')
  if (head === undefined || payload === undefined || signature === undefined) return undefined
  const verify = createVerify('sha256').update(`${head}.${payload}`)
  if (!verify.verify(publicKey, signature, 'base64url')) return undefined
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

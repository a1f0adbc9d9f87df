import type { TimeZones, Value } from '@chartroom/go'

/** All that templates reach outside of themselves. Pure code gets it from the platform it runs on: `nodePorts` of
 * `@chartroom/template/node`, or `portablePorts` anywhere else. */
export interface TemplatePorts {
  readonly now: () => Moment
  readonly randomBytes: (length: number) => Uint8Array
  readonly crypto: CryptoPort
  readonly zones: TimeZones
  /** Objects of a cluster, as `lookup` returns them; without it every answer is an empty map. */
  readonly lookup?: (
    ...resource: [apiVersion: string, kind: string, namespace: string, name: string]
  ) => Value
  /** An address of a host, as `getHostByName` returns it; without it every answer is empty. */
  readonly resolveHost?: (name: string) => string
}

export interface Moment {
  /** Since 1970, whole. */
  readonly seconds: number
  /** 0 to 999,999,999 */
  readonly nanoseconds: number
  /** Nanoseconds on a clock that is never set, from the start of the program; Go prints them. */
  readonly monotonic?: bigint | undefined
}

/** All of it synchronous, as Go templates are. What a platform lacks throws a `FunctionError` that says so. */
export interface CryptoPort {
  readonly sha1: (data: Uint8Array) => Uint8Array
  readonly sha256: (data: Uint8Array) => Uint8Array
  readonly sha512: (data: Uint8Array) => Uint8Array
  readonly hmacSha256: (key: Uint8Array, data: Uint8Array) => Uint8Array
  readonly scrypt: (password: Uint8Array, salt: Uint8Array, cost: ScryptCost) => Uint8Array
  /** AES in CBC mode over whole blocks; nothing is padded. */
  readonly encryptAesCbc: (key: Uint8Array, iv: Uint8Array, blocks: Uint8Array) => Uint8Array
  readonly decryptAesCbc: (key: Uint8Array, iv: Uint8Array, blocks: Uint8Array) => Uint8Array
  /** A new private key, as PKCS #8 in DER. */
  readonly generateKey: (kind: KeyKind) => Uint8Array
  /** The public key of a private one (PKCS #8), as SubjectPublicKeyInfo in DER. */
  readonly publicKey: (privateKey: Uint8Array) => Uint8Array
  /** RSA signs as PKCS #1 v1.5 does, ECDSA in DER; Ed25519 takes no hash. */
  readonly sign: (privateKey: Uint8Array, hash: SignatureHash | undefined, message: Uint8Array) => Uint8Array
}

export interface ScryptCost {
  readonly n: number
  readonly r: number
  readonly p: number
  /** Bytes of the derived key. */
  readonly length: number
}

/** `dsa` has 2048 bits and a 256-bit divisor. */
export type KeyKind = 'rsa-2048' | 'rsa-4096' | 'dsa' | 'p-256' | 'ed25519'
export type SignatureHash = 'sha256' | 'sha384' | 'sha512'

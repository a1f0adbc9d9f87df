import type { Hash } from 'node:crypto'
import { createHash } from 'node:crypto'
import { ChartroomError } from '@chartroom/errors'
import type { Descriptor, Digest } from './descriptor.ts'

export type DigestAlgorithm = 'sha256' | 'sha512'

const digest = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/

/** True for the two algorithms of the OCI image-spec, in lower-case hexadecimal of the right length. */
export function isDigest(text: string): text is Digest {
  return digest.test(text)
}

export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`
}

export function algorithmOf(of: Digest): DigestAlgorithm {
  return of.startsWith('sha512:') ? 'sha512' : 'sha256'
}

export function hashFor(of: Digest): Hash {
  return createHash(algorithmOf(of))
}

/** Throws `SIZE_MISMATCH` or `DIGEST_MISMATCH` unless the bytes are what the descriptor says. */
export function verifyBytes(bytes: Uint8Array, { digest: wanted, size }: Descriptor): void {
  if (bytes.length !== size) throw wrongSize(wanted, bytes.length, size)
  const found = digestOf(bytes, algorithmOf(wanted))
  if (found !== wanted) throw wrongDigest(wanted, found)
}

export function wrongDigest(wanted: Digest, found: Digest): ChartroomError {
  return new ChartroomError('DIGEST_MISMATCH', `the bytes answered for ${wanted} have the digest ${found}`, {
    hint: 'Nothing of it was used. Try again; if it stays so, the registry or something before it alters content.',
  })
}

export function wrongSize(of: Digest, found: number, wanted: number): ChartroomError {
  return new ChartroomError(
    'SIZE_MISMATCH',
    `${of} came with ${found} bytes, not the ${wanted} it should have`,
    {
      hint: 'Nothing of it was used. Try again; if it stays so, the registry or something before it alters content.',
    },
  )
}

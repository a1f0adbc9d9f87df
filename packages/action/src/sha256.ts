import { createHash } from 'node:crypto'

/** `sha256:` and the hex digest. */
export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

import type { Credential } from '../credential.ts'

/** The `Authorization` of a user and password (RFC 7617). */
export function basicHeader({ username, password }: Extract<Credential, { kind: 'basic' }>): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`
}

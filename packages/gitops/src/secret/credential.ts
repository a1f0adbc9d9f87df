import type { Secret } from '@chartroom/errors'
import { ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'

/** A login as a reader in the cluster takes it. */
export interface Credential {
  readonly username: string
  readonly password: Secret
}

/** Name and password in the open, for a Secret alone. Throws `USAGE` without repeating them. */
export function checkCredential({ username, password }: Credential): { username: string; password: string } {
  const secret = password.reveal()
  if (username === '' || secret === '') throw usage('the login has an empty user name or password')
  if (username.length > limits.secret || secret.length > limits.secret) {
    throw new ChartroomError('LIMIT_EXCEEDED', `the login has more than ${limits.secret} characters`)
  }
  if (username.includes(':')) throw usage('the user name holds a colon, which ends it in a login')
  if (hasControl(username) || hasControl(secret)) throw usage('the login holds control characters')
  return { username, password: secret }
}

function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\u0000-\u001f\u007f]/.test(text)
}

function usage(message: string): ChartroomError {
  return new ChartroomError('USAGE', message, {
    hint: 'Give the user name with --username, and the password or token on standard input with --password-stdin.',
  })
}

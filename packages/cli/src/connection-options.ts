import { ChartroomError } from '@chartroom/errors'
import type { ConnectionOptions } from '@chartroom/verbs'
import type { Invocation } from './invocation.ts'
import { readPassword } from './password.ts'

/**
 * The connection flags of a call. User name and password belong to one host alone: that of `address`,
 * an `oci://` reference or a URL.
 */
export async function connectionOptions(
  invocation: Invocation,
  address: string | undefined,
): Promise<ConnectionOptions> {
  const { flags } = invocation
  const username = flags.text('username')
  const password = await readPassword(invocation)
  if ((username === undefined) !== (password === undefined)) {
    throw new ChartroomError(
      'USAGE',
      `--${username === undefined ? 'username' : 'password-stdin'} is missing`,
      {
        hint: 'User name and password are given together; without both, the logins that are stored are used.',
      },
    )
  }
  const credentialHost = address === undefined ? undefined : hostOf(address)
  return { ...connectionFlagsOf(invocation), username, password, credentialHost }
}

/** The flags on how to connect, without who connects. */
export function connectionFlagsOf({ flags, io }: Invocation): ConnectionOptions {
  return {
    plainHttp: flags.optional('plain-http'),
    insecureSkipTlsVerify: flags.optional('insecure-skip-tls-verify'),
    caFile: flags.text('ca-file'),
    certFile: flags.text('cert-file'),
    keyFile: flags.text('key-file'),
    onWarning: (message) => io.err(`Warning: ${message}\n`),
  }
}

function hostOf(address: string): string {
  return address.replace(/^[a-z]+:\/\//, '').split('/', 1)[0] ?? address
}

import { ChartroomError, printableLine } from '@chartroom/errors'
import type { ConnectionOptions, PullLimit } from '@chartroom/verbs'
import type { Invocation } from './invocation.ts'
import type { Io } from './io.ts'
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
    // Who says something of certificates means TLS, also where the host is this machine.
    plainHttp: flags.optional('plain-http') ?? (speaksOfTls(flags) ? false : undefined),
    insecureSkipTlsVerify: flags.optional('insecure-skip-tls-verify'),
    caFile: flags.text('ca-file'),
    certFile: flags.text('cert-file'),
    keyFile: flags.text('key-file'),
    trustedRealms: flags.list('trusted-realm'),
    onWarning: (message) => io.err(`Warning: ${printableLine(message)}\n`),
    onPullLimit: sayOnce(io),
  }
}

function speaksOfTls(flags: Invocation['flags']): boolean {
  const named = ['ca-file', 'cert-file', 'key-file'].some((name) => flags.text(name) !== undefined)
  return named || flags.has('insecure-skip-tls-verify')
}

// The first answer that counts, and the first that is nearly the last one.
function sayOnce(io: Io): (host: string, limit: PullLimit) => void {
  const said = new Set<string>()
  return (host, { limit, remaining, windowSeconds }) => {
    const key = `${host} ${remaining * 10 <= limit ? 'few' : 'enough'}`
    if (said.has(key)) return
    said.add(key)
    const window = windowSeconds === undefined ? '' : ` in ${Math.round(windowSeconds / 360) / 10} hours`
    io.err(`${host}: ${remaining} of ${limit} pulls${window} are left\n`)
  }
}

function hostOf(address: string): string {
  return address.replace(/^[a-z]+:\/\//, '').split('/', 1)[0] ?? address
}

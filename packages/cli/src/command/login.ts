import type { Secret } from '@chartroom/errors'
import { ChartroomError, printableLine } from '@chartroom/errors'
import type { DerivedLoginResult } from '@chartroom/verbs'
import { login, loginByVendor, loginSources } from '@chartroom/verbs'
import { askLogin } from '../ask-login.ts'
import { connectionFlagsOf } from '../connection-options.ts'
import type { Invocation } from '../invocation.ts'
import type { Io } from '../io.ts'
import { readPassword } from '../password.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, io } = invocation
  const address = addressOf(args[0] ?? '')
  const connection = connectionFlagsOf(invocation)
  const asksNothing =
    flags.text('username') === undefined &&
    flags.text('password') === undefined &&
    !flags.has('password-stdin')
  const derived = asksNothing ? await loginByVendor(environment, { address, connection }) : undefined
  if (derived !== undefined) return sayDerived(derived, address, io)
  const { username, password } = await credential(invocation, address)
  const where = await login(environment, { address, username, password, connection })
  say(where, address, io)
}

function say(where: string, address: string, io: Io): void {
  io.out('Login Succeeded\n')
  io.err(`The login is kept in ${where}\n`)
  if (address.includes('/')) io.err('helm does not use it: helm keeps one login for a host\n')
}

function sayDerived(
  { where, username, source, expiresAt }: DerivedLoginResult,
  address: string,
  io: Io,
): void {
  say(where, address, io)
  io.err(`It is that of ${printableLine(username)}, from ${source}\n`)
  if (expiresAt === undefined) return
  const end = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z')
  io.err(
    `It ends at ${end}: chartroom gets another one by itself, helm and docker want this command again then\n`,
  )
}

// Helm's habit of taking an address with a scheme is kept; the path stays, because it means something here.
function addressOf(text: string): string {
  const address = text.replace(/^(oci|https?):\/\//, '').replace(/\/+$/, '')
  if (/^[\w.-]+(:\d+)?(\/[\w./-]+)?$/.test(address) || /^\[[0-9a-f:]+\](:\d+)?$/i.test(address))
    return address
  throw new ChartroomError('USAGE', `${text} is not a host`, {
    hint: 'Write HOST, such as ghcr.io, or HOST/PATH.',
  })
}

async function credential(
  invocation: Invocation,
  address: string,
): Promise<{ username: string; password: Secret }> {
  const { flags, io, environment } = invocation
  const username = flags.text('username')
  const password = await readPassword(invocation)
  if (username !== undefined && password !== undefined) return { username, password }
  if (!io.stdin.isTTY || !io.errIsTerminal) {
    throw new ChartroomError(
      'USAGE',
      `--${username === undefined ? 'username' : 'password-stdin'} is missing`,
      {
        hint: missingHint(username === undefined ? await loginSources(environment, address) : []),
      },
    )
  }
  return askLogin(username, password, 'nobody was logged in')
}

function missingHint(sources: readonly string[]): string {
  const byHand = 'Without a terminal: echo "$TOKEN" | chartroom login HOST --username NAME --password-stdin.'
  return sources.length === 0 ? byHand : `${byHand} Nothing was found of: ${sources.join('; ')}.`
}

import { ChartroomError, Secret } from '@chartroom/errors'
import { login } from '@chartroom/verbs'
import { connectionFlagsOf } from '../connection-options.ts'
import type { Invocation } from '../invocation.ts'
import { readPassword } from '../password.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, environment, io } = invocation
  const address = addressOf(args[0] ?? '')
  const { username, password } = await credential(invocation)
  const where = await login(environment, {
    address,
    username,
    password,
    connection: connectionFlagsOf(invocation),
  })
  io.out('Login Succeeded\n')
  io.err(`The login is kept in ${where}\n`)
  if (address.includes('/')) io.err('helm does not use it: helm keeps one login for a host\n')
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

async function credential(invocation: Invocation): Promise<{ username: string; password: Secret }> {
  const { flags, io } = invocation
  const username = flags.text('username')
  const password = await readPassword(invocation)
  if (username !== undefined && password !== undefined) return { username, password }
  if (!io.stdin.isTTY || !io.errIsTerminal) {
    throw new ChartroomError(
      'USAGE',
      `--${username === undefined ? 'username' : 'password-stdin'} is missing`,
      {
        hint: 'Without a terminal: echo "$TOKEN" | chartroom login HOST --username NAME --password-stdin.',
      },
    )
  }
  return ask(username, password)
}

async function ask(
  username: string | undefined,
  password: Secret | undefined,
): Promise<{ username: string; password: Secret }> {
  const prompts = await import('@clack/prompts')
  const name = username ?? (await prompts.text({ message: 'Username', output: process.stderr }))
  if (prompts.isCancel(name)) throw new ChartroomError('ABORTED', 'nobody was logged in')
  const secret = password ?? (await prompts.password({ message: 'Password', output: process.stderr }))
  if (prompts.isCancel(secret)) throw new ChartroomError('ABORTED', 'nobody was logged in')
  return { username: name, password: typeof secret === 'string' ? new Secret(secret) : secret }
}

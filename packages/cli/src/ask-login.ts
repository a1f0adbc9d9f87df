import { ChartroomError, Secret } from '@chartroom/errors'

/** Asks at the terminal for what of a login was not given; `aborted` says what did not happen then. */
export async function askLogin(
  username: string | undefined,
  password: Secret | undefined,
  aborted: string,
): Promise<{ username: string; password: Secret }> {
  const prompts = await import('@clack/prompts')
  const name = username ?? (await prompts.text({ message: 'Username', output: process.stderr }))
  if (prompts.isCancel(name)) throw new ChartroomError('ABORTED', aborted)
  const secret = password ?? (await prompts.password({ message: 'Password', output: process.stderr }))
  if (prompts.isCancel(secret)) throw new ChartroomError('ABORTED', aborted)
  return { username: name, password: typeof secret === 'string' ? new Secret(secret) : secret }
}

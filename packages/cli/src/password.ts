import { ChartroomError, Secret } from '@chartroom/errors'
import type { Invocation } from './invocation.ts'

const maxBytes = 64 * 1024

/** The password of `--password`, `CHARTROOM_PASSWORD` or standard input. */
export async function readPassword({ flags, io, environment }: Invocation): Promise<Secret | undefined> {
  const text = flags.text('password')
  if (flags.has('password-stdin')) return fromStdin(io.stdin)
  if (text === undefined) return undefined
  if (text !== environment.env.CHARTROOM_PASSWORD) {
    io.err(
      'Warning: a password in the arguments is visible to others on this machine: use --password-stdin\n',
    )
  }
  return new Secret(text)
}

async function fromStdin(stdin: NodeJS.ReadStream): Promise<Secret> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stdin) {
    const data = Buffer.from(chunk as Buffer | string)
    bytes += data.length
    if (bytes > maxBytes) throw new ChartroomError('USAGE', 'standard input is too long for a password')
    chunks.push(data)
  }
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
  if (text === '') {
    throw new ChartroomError('USAGE', 'standard input holds no password', {
      hint: 'Pipe it in, for example: echo "$TOKEN" | chartroom login HOST --username NAME --password-stdin.',
    })
  }
  return new Secret(text)
}

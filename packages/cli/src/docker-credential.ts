import { addressOf, eraseLogin, listLogins, storeLogin } from '@chartroom/credentials'
import { asChartroomError, ChartroomError, printableLine, Secret } from '@chartroom/errors'
import type { Environment } from '@chartroom/verbs'
import { heldLogin } from '@chartroom/verbs'
import type { Io } from './io.ts'

/** Bytes that another program may tell us. */
const inputBytes = 1024 * 1024

/** The words that clients of the protocol take for "there is none" (docker-credential-helpers, errors). */
const nothing = 'credentials not found in native keychain'

interface CredentialStreams {
  readonly io: Pick<Io, 'err' | 'out'>
  readonly input: AsyncIterable<Uint8Array | string>
}

/**
 * One call of `docker-credential-chartroom`: the verb as argument, all else by standard input and output. Errors go to
 * standard output too, with exit code 1: that is where clients read them.
 */
export async function serveCredentials(
  [verb = '', ...rest]: readonly string[],
  environment: Environment,
  { input, io }: CredentialStreams,
): Promise<number> {
  const work = verbs.get(verb)
  if (work === undefined || rest.length > 0) {
    io.out(`Usage: docker-credential-chartroom <${[...verbs.keys()].join('|')}>\n`)
    return 1
  }
  try {
    const text = verb === 'list' ? '' : await read(input)
    const said = await work(text, environment, (message) => io.err(`chartroom: ${printableLine(message)}\n`))
    io.out(said)
    return 0
  } catch (error) {
    io.out(`${printableLine(asChartroomError(error).message)}\n`)
    return 1
  }
}

type Verb = (input: string, environment: Environment, warn: (message: string) => void) => Promise<string>

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['get', get],
  ['store', store],
  ['erase', erase],
  ['list', list],
])

async function get(
  input: string,
  environment: Environment,
  warn: (message: string) => void,
): Promise<string> {
  const server = serverOf(input)
  const login = await heldLogin(environment, server, warn)
  if (login === undefined) throw new ChartroomError('NOT_FOUND', nothing)
  const { username, password } = login
  return `${JSON.stringify({ ServerURL: server, Username: username, Secret: password.reveal() })}\n`
}

async function store(input: string, environment: Environment): Promise<string> {
  const { ServerURL, Username, Secret: secret } = parseLogin(input)
  if (Username === '') throw new ChartroomError('USAGE', 'no credentials username')
  await storeLogin(
    { address: addressOf(serverOf(ServerURL)), username: Username, password: new Secret(secret) },
    environment,
  )
  return ''
}

// As with other helpers, to forget what is not known is no failure.
async function erase(input: string, environment: Environment): Promise<string> {
  await eraseLogin(addressOf(serverOf(input)), environment)
  return ''
}

async function list(_: string, environment: Environment): Promise<string> {
  const logins = await listLogins(environment)
  return `${JSON.stringify(Object.fromEntries(logins))}\n`
}

function serverOf(text: string): string {
  const server = text.trim()
  if (server === '') throw new ChartroomError('USAGE', 'no credentials server URL')
  if (/\s/.test(server)) throw new ChartroomError('USAGE', 'the server URL has spaces in it')
  return server
}

function parseLogin(input: string): { ServerURL: string; Username: string; Secret: string } {
  let value: unknown
  try {
    value = JSON.parse(input)
  } catch {
    // Not passed on: it would quote the input, and with it what may be a password.
    throw new ChartroomError('USAGE', 'the login to store is no JSON')
  }
  const member = (name: string): string => {
    const found: unknown =
      typeof value === 'object' && value !== null
        ? Object.getOwnPropertyDescriptor(value, name)?.value
        : undefined
    return typeof found === 'string' ? found : ''
  }
  return { ServerURL: member('ServerURL'), Username: member('Username'), Secret: member('Secret') }
}

async function read(input: AsyncIterable<Uint8Array | string>): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of input) {
    const bytes = Buffer.from(part)
    size += bytes.length
    if (size > inputBytes)
      throw new ChartroomError('LIMIT_EXCEEDED', `more than ${inputBytes} bytes were given`)
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}

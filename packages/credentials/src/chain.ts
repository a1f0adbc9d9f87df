import { isChartroomError, Secret } from '@chartroom/errors'
import type { Credential, CredentialSource, Origin } from '@chartroom/oci'
import type { AuthEntry, ConfigFile } from './config-file.ts'
import { readConfigFile } from './config-file.ts'
import { helperGet } from './helper.ts'
import type { Place } from './location.ts'
import { containersAuthPaths, dockerConfigPath, helmConfigPath } from './location.ts'
import { keyOf, matchKey } from './match.ts'

export interface ChainOptions extends Place {
  /** Given by flags or environment, for one host alone. */
  readonly explicit?:
    | { readonly host: string; readonly username: string; readonly password: Secret }
    | undefined
  /** Told of files and helpers that could not be used; the next source is asked then. */
  readonly onWarning?: ((message: string) => void) | undefined
}

/**
 * Credentials as a user expects them: the given one, then Helm's file, Docker's, Podman's, each with its
 * helpers. Within a file the longest path wins, and a file with a more exact path wins over an earlier one.
 */
export function credentialChain(options: ChainOptions): CredentialSource {
  const files = [helmConfigPath(options), dockerConfigPath(options), ...containersAuthPaths(options)]
  let read: ConfigFile[] | undefined
  const found = new Map<string, Promise<Credential | undefined>>()

  function configs(): ConfigFile[] {
    read ??= files.map((path) => readUsable(path, options)).filter((file) => file !== undefined)
    return read
  }

  return {
    credential({ host }: Origin, repository?: string) {
      const { explicit } = options
      if (explicit !== undefined && explicit.host === host) {
        const { username, password } = explicit
        return Promise.resolve({ kind: 'basic', username, password, source: 'the command line' })
      }
      const key = `${host}/${repository ?? ''}`
      const known = found.get(key) ?? search(configs(), { host, repository }, options)
      found.set(key, known)
      return known
    },
  }
}

function readUsable(path: string, { onWarning }: ChainOptions): ConfigFile | undefined {
  try {
    return readConfigFile(path)
  } catch (error) {
    if (!isChartroomError(error)) throw error
    onWarning?.(`${error.message}: logins in it are not used`)
    return undefined
  }
}

interface Wanted {
  readonly host: string
  readonly repository: string | undefined
}

async function search(
  files: readonly ConfigFile[],
  wanted: Wanted,
  options: ChainOptions,
): Promise<Credential | undefined> {
  const ranked = files
    .map((file) => ({ file, key: matchKey(Object.keys(file.auths), wanted.host, wanted.repository) }))
    .sort((a, b) => exactness(b.key) - exactness(a.key))
  for (const { file, key } of ranked) {
    const credential = (await fromHelper(file, wanted, options)) ?? fromEntry(file, key)
    if (credential !== undefined) return credential
  }
  return undefined
}

// Only a path makes a file more exact than one before it.
function exactness(key: string | undefined): number {
  const plain = key?.replace(/^https?:\/\//, '').replace(/\/v[12]\/?$/, '') ?? ''
  return plain.includes('/') ? plain.length : 0
}

function fromEntry(file: ConfigFile, key: string | undefined): Credential | undefined {
  const entry: AuthEntry | undefined = key === undefined ? undefined : file.auths[key]
  if (entry === undefined) return undefined
  const source = file.path
  if (entry.registrytoken) return { kind: 'bearer', token: new Secret(entry.registrytoken), source }
  if (entry.identitytoken) return { kind: 'identity', token: new Secret(entry.identitytoken), source }
  const [username, password] = entry.auth ? decode(entry.auth) : [entry.username, entry.password]
  if (!username || password === undefined) return undefined
  return { kind: 'basic', username, password: new Secret(password), source }
}

function decode(auth: string): [string, string | undefined] {
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, '')]
}

async function fromHelper(
  file: ConfigFile,
  { host, repository }: Wanted,
  { env, onWarning }: ChainOptions,
): Promise<Credential | undefined> {
  const key = matchKey(Object.keys(file.credHelpers), host, repository)
  const name = key === undefined ? file.credsStore : file.credHelpers[key]
  if (name === undefined) return undefined
  try {
    const answer = await helperGet(name, keyOf(host), { ...env })
    if (answer === undefined) return undefined
    const secret = new Secret(answer.Secret)
    const source = `docker-credential-${name}`
    if (answer.Username === '<token>') return { kind: 'identity', token: secret, source }
    return { kind: 'basic', username: answer.Username, password: secret, source }
  } catch (error) {
    if (!isChartroomError(error)) throw error
    onWarning?.(`${error.message}; the next login is tried`)
    return undefined
  }
}

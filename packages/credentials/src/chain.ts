import { isChartroomError, Secret } from '@chartroom/errors'
import type { Credential, CredentialSource, Origin } from '@chartroom/oci'
import type { ConfigFile } from './config-file.ts'
import { readConfigFile } from './config-file.ts'
import type { HelperAnswer } from './helper.ts'
import { helperGet, ownHelper } from './helper.ts'
import type { Place } from './location.ts'
import { containersAuthPaths, dockerConfigPath, helmConfigPath } from './location.ts'
import { keyOf, matchKey, pathLength, sameHost } from './match.ts'

export interface ChainOptions extends Place {
  /** Given by flags or environment, for one host alone. */
  readonly explicit?:
    | { readonly host: string; readonly username: string; readonly password: Secret }
    | undefined
  /** Logins that other variables hold: they come before the files. */
  readonly environment?: CredentialSource | undefined
  /** Told of files, logins and helpers that could not be used; the next source is asked then. */
  readonly onWarning?: ((message: string) => void) | undefined
  /** Milliseconds for a helper to answer; default 30,000. */
  readonly helperTimeout?: number | undefined
}

/**
 * Credentials as a user expects them: the given one, those of variables, then Helm's file, Docker's, Podman's, each with its
 * helpers. Within a file the longest path wins, and a file with a more exact path wins over an earlier one.
 */
export function credentialChain(options: ChainOptions): CredentialSource {
  const chain = new Chain(options)
  const found = new Map<string, Promise<Credential | undefined>>()
  return {
    async credential(origin: Origin, repository?: string) {
      const { host } = origin
      const { explicit, environment } = options
      if (explicit !== undefined && sameHost(explicit.host, host)) {
        const { username, password } = explicit
        return { kind: 'basic', username, password, source: 'the command line' }
      }
      const fromEnvironment = await environment?.credential(origin, repository)
      if (fromEnvironment !== undefined) return fromEnvironment
      const key = `${host}/${repository ?? ''}`
      const known = found.get(key) ?? chain.search({ host, repository })
      found.set(key, known)
      return known
    },
  }
}

interface Wanted {
  readonly host: string
  readonly repository: string | undefined
}

class Chain {
  readonly #options: ChainOptions
  /** By helper and server: one question for all repositories of a host, and one warning. */
  readonly #answers = new Map<string, Promise<HelperAnswer | undefined>>()
  readonly #warned = new Set<string>()
  #files: readonly ConfigFile[] | undefined

  constructor(options: ChainOptions) {
    this.#options = options
  }

  async search(wanted: Wanted): Promise<Credential | undefined> {
    const ranked = this.#configs()
      .map((file) => ({ file, key: matchKey(Object.keys(file.auths), wanted.host, wanted.repository) }))
      .sort((a, b) => pathLength(b.key) - pathLength(a.key))
    for (const { file, key } of ranked) {
      // A helper knows hosts alone: a login for a path is more exact.
      const exact = pathLength(key) > 0 ? this.#fromEntry(file, key) : undefined
      const credential = exact ?? (await this.#fromHelper(file, wanted)) ?? this.#fromEntry(file, key)
      if (credential !== undefined) return credential
    }
    return undefined
  }

  #configs(): readonly ConfigFile[] {
    const { env, platform } = this.#options
    const place = { env, platform }
    const paths = [helmConfigPath(place), dockerConfigPath(place), ...containersAuthPaths(place)]
    this.#files ??= [...new Set(paths)].flatMap((path) => this.#readUsable(path) ?? [])
    return this.#files
  }

  #readUsable(path: string): ConfigFile | undefined {
    try {
      return readConfigFile(path)
    } catch (error) {
      if (!isChartroomError(error)) throw error
      this.#warn(`${error.message}: logins in it are not used`)
      return undefined
    }
  }

  #fromEntry(file: ConfigFile, key: string | undefined): Credential | undefined {
    const entry = key === undefined ? undefined : file.auths[key]
    if (entry === undefined) return undefined
    const source = file.path
    if (entry.registrytoken) return { kind: 'bearer', token: new Secret(entry.registrytoken), source }
    if (entry.identitytoken) return { kind: 'identity', token: new Secret(entry.identitytoken), source }
    const [username, password] = entry.auth ? decode(entry.auth) : [entry.username, entry.password]
    if (username && password !== undefined)
      return { kind: 'basic', username, password: new Secret(password), source }
    if (entry.auth) this.#warn(`${file.path}: the login for ${key} cannot be read; the next login is tried`)
    return undefined
  }

  async #fromHelper(file: ConfigFile, { host, repository }: Wanted): Promise<Credential | undefined> {
    const key = matchKey(Object.keys(file.credHelpers), host, repository)
    const name = key === undefined ? file.credsStore : file.credHelpers[key]
    if (name === undefined || name === '' || name === ownHelper) return undefined
    const answer = await this.#ask(name, keyOf(host))
    if (answer === undefined) return undefined
    const secret = new Secret(answer.Secret)
    const source = `docker-credential-${name}`
    if (answer.Username === '<token>') return { kind: 'identity', token: secret, source }
    return { kind: 'basic', username: answer.Username, password: secret, source }
  }

  #ask(name: string, server: string): Promise<HelperAnswer | undefined> {
    const question = `${name} ${server}`
    const known = this.#answers.get(question) ?? this.#askAnew(name, server)
    this.#answers.set(question, known)
    return known
  }

  async #askAnew(name: string, server: string): Promise<HelperAnswer | undefined> {
    const { env, helperTimeout } = this.#options
    try {
      return await helperGet(name, server, { env, timeout: helperTimeout })
    } catch (error) {
      if (!isChartroomError(error)) throw error
      this.#warn(`${error.message}; the next login is tried`)
      return undefined
    }
  }

  #warn(message: string): void {
    if (!this.#warned.has(message)) this.#options.onWarning?.(message)
    this.#warned.add(message)
  }
}

/** User and password; no password where there is no colon. */
export function decode(auth: string): [string, string | undefined] {
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, '')]
}

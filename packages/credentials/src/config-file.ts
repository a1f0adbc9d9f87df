import { readFileSync, statSync } from 'node:fs'
import { ChartroomError } from '@chartroom/errors'
import { limits } from './limits.ts'

/** Docker's config format, which Helm and Podman share. */
export interface ConfigFile {
  readonly path: string
  readonly auths: Readonly<Record<string, AuthEntry>>
  readonly credsStore?: string | undefined
  /** By host; an empty name stands for no helper. */
  readonly credHelpers: Readonly<Record<string, string>>
}

export interface AuthEntry {
  /** base64 of `user:password`. */
  readonly auth?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly identitytoken?: string | undefined
  readonly registrytoken?: string | undefined
}

export type JsonObject = Record<string, unknown>

/** Undefined when the file is absent or empty. Throws `USAGE`, `IO`, `LIMIT_EXCEEDED` when it is of no use. */
export function readConfigFile(path: string): ConfigFile | undefined {
  const root = readConfigRoot(path)
  if (root === undefined) return undefined
  const { credsStore } = root
  const auths = Object.entries(objectOf(root.auths)).map(([key, value]) => [key, authEntry(value)] as const)
  const helpers = Object.entries(objectOf(root.credHelpers)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    path,
    auths: withoutPrototype(auths),
    credsStore: typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined,
    credHelpers: withoutPrototype(helpers),
  }
}

/** All that stands in the file, keys we do not know too; undefined when it is absent or empty. */
export function readConfigRoot(path: string): JsonObject | undefined {
  const text = readText(path)
  if (text === undefined || text.trim() === '') return undefined
  const root = parseOrNothing(text)
  if (typeof root === 'object' && root !== null && !Array.isArray(root)) return root as JsonObject
  // No cause: it would quote the text, and with it what may be a password.
  throw new ChartroomError('USAGE', `${path} is no JSON object`, {
    hint: 'Mend the file, or move it away and log in again.',
  })
}

/** The value where it is an object, else an empty one; never with anything inherited. */
export function objectOf(value: unknown): JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return withoutPrototype(isObject ? Object.entries(value) : [])
}

function withoutPrototype<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const made = Object.create(null) as Record<string, T>
  for (const [key, value] of entries) made[key] = value
  return made
}

function authEntry(value: unknown): AuthEntry {
  const { auth, username, password, identitytoken, registrytoken } = objectOf(value)
  return {
    auth: textOf(auth),
    username: textOf(username),
    password: textOf(password),
    identitytoken: textOf(identitytoken),
    registrytoken: textOf(registrytoken),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function readText(path: string): string | undefined {
  try {
    if (statSync(path).size <= limits.configBytes) return readFileSync(path, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw new ChartroomError('IO', `${path} cannot be read: ${error.message}`, {
      cause: error,
      hint: 'Check whom the file belongs to and who may read it.',
    })
  }
  throw new ChartroomError('LIMIT_EXCEEDED', `${path} is larger than ${limits.configBytes} bytes`, {
    hint: 'Check whether this is the right file for logins.',
  })
}

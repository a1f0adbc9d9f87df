import { readFileSync } from 'node:fs'
import { ChartroomError } from '@chartroom/errors'

/** Docker's config format, which Helm and Podman share. */
export interface ConfigFile {
  readonly path: string
  readonly auths: Readonly<Record<string, AuthEntry>>
  readonly credsStore?: string | undefined
  readonly credHelpers: Readonly<Record<string, string>>
}

export interface AuthEntry {
  /** base64 of `user:password`. */
  readonly auth?: string
  readonly username?: string
  readonly password?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

/** Undefined when the file is absent or empty. Throws `USAGE` when it cannot be read as JSON. */
export function readConfigFile(path: string): ConfigFile | undefined {
  const text = readText(path)
  if (text === undefined || text.trim() === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ChartroomError('USAGE', `${path} is no JSON`, {
      cause: error,
      hint: 'Mend the file, or log in again after removing it.',
    })
  }
  const root = record(value)
  const store = root.credsStore
  return {
    path,
    auths: record(root.auths) as Record<string, AuthEntry>,
    credsStore: typeof store === 'string' && store !== '' ? store : undefined,
    credHelpers: record(root.credHelpers) as Record<string, string>,
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    throw error
  }
}

function record(value: unknown): Record<string, unknown> {
  const made = Object.create(null) as Record<string, unknown>
  return typeof value === 'object' && value !== null ? Object.assign(made, value) : made
}

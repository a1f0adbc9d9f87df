import { ChartroomError } from '@chartroom/errors'
import type { Secret } from '@chartroom/errors'
import type { JsonObject } from './config-file.ts'
import { objectOf, readConfigFile } from './config-file.ts'
import { helperErase, helperStore, ownHelper } from './helper.ts'
import type { Place } from './location.ts'
import { containersConfigPath, helmConfigPath } from './location.ts'
import { addressOf, keyOf, matchKey } from './match.ts'
import { updateConfigFile } from './write-file.ts'

export interface Login {
  /** A host, or a host and a path. */
  readonly address: string
  readonly username: string
  readonly password: Secret
}

/** Keeps a login and says where: Helm's file or its helper for a host, Podman's file for a path. */
export async function storeLogin({ address, username, password }: Login, place: Place): Promise<string> {
  if (username === '' || username.includes(':')) {
    throw new ChartroomError('USAGE', `"${username}" is no user name: it is empty or has a colon`, {
      hint: 'Give the name alone with --username, and the password with --password-stdin.',
    })
  }
  const { path, key, helper } = placeOf(address, place)
  if (helper !== undefined) {
    const login = { ServerURL: key, Username: username, Secret: password.reveal() }
    await helperStore(helper, login, place)
    return `docker-credential-${helper}`
  }
  const auth = Buffer.from(`${username}:${password.reveal()}`).toString('base64')
  await updateConfigFile(path, (root) => ({ ...root, auths: { ...objectOf(root.auths), [key]: { auth } } }))
  return path
}

/** Forgets a login, however it is spelled, and says where it was; undefined when there was none. */
export async function eraseLogin(address: string, place: Place): Promise<string | undefined> {
  const { path, key, helper } = placeOf(address, place)
  const erased = helper !== undefined && (await helperErase(helper, key, place))
  // A helper may have been set up after a login in plain text.
  const removed = await removeEntries(path, address)
  if (erased) return `docker-credential-${helper}`
  return removed ? path : undefined
}

async function removeEntries(path: string, address: string): Promise<boolean> {
  const isIt = (name: string): boolean => addressOf(name) === addressOf(address)
  if (!Object.keys(readConfigFile(path)?.auths ?? {}).some(isIt)) return false
  await updateConfigFile(path, (root) => ({ ...root, auths: without(objectOf(root.auths), isIt) }))
  return true
}

function without(auths: JsonObject, isIt: (name: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(auths).filter(([name]) => !isIt(name)))
}

function placeOf(address: string, place: Place): { path: string; key: string; helper?: string | undefined } {
  if (address.includes('/')) return { path: containersConfigPath(place), key: address }
  const path = helmConfigPath(place)
  const file = readConfigFile(path)
  const helperKey = matchKey(Object.keys(file?.credHelpers ?? {}), address, undefined)
  const helper = helperKey === undefined ? file?.credsStore : file?.credHelpers[helperKey]
  return { path, key: keyOf(address), helper: helper === '' || helper === ownHelper ? undefined : helper }
}

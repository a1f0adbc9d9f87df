import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { Secret } from '@chartroom/errors'
import { helperErase, helperStore } from './helper.ts'
import type { Place } from './location.ts'
import { containersConfigPath, helmConfigPath } from './location.ts'
import { keyOf } from './match.ts'

export interface Login {
  /** A host, or a host and a path. */
  readonly address: string
  readonly username: string
  readonly password: Secret
}

/** Keeps a login and says where: Helm's file or its helper for a host, Podman's file for a path. */
export async function storeLogin({ address, username, password }: Login, place: Place): Promise<string> {
  const { path, key, helper } = await placeOf(address, place)
  if (helper !== undefined) {
    await helperStore(
      helper,
      { ServerURL: key, Username: username, Secret: password.reveal() },
      { ...place.env },
    )
    return `docker-credential-${helper}`
  }
  const auth = Buffer.from(`${username}:${password.reveal()}`).toString('base64')
  await update(path, (auths) => ({ ...auths, [key]: { auth } }))
  return path
}

/** Forgets a login and says where it was; undefined when there was none. */
export async function eraseLogin(address: string, place: Place): Promise<string | undefined> {
  const { path, key, helper } = await placeOf(address, place)
  if (helper !== undefined) {
    await helperErase(helper, key, { ...place.env })
    return `docker-credential-${helper}`
  }
  if (!(key in authsOf(await readRoot(path)))) return undefined
  await update(path, (auths) => Object.fromEntries(Object.entries(auths).filter(([name]) => name !== key)))
  return path
}

async function placeOf(
  address: string,
  place: Place,
): Promise<{ path: string; key: string; helper?: string | undefined }> {
  if (address.includes('/')) return { path: containersConfigPath(place), key: address }
  const path = helmConfigPath(place)
  const root = await readRoot(path)
  const helpers = record(root.credHelpers)
  const helper = helpers[address] ?? helpers[keyOf(address)] ?? root.credsStore
  return {
    path,
    key: keyOf(address),
    helper: typeof helper === 'string' && helper !== '' ? helper : undefined,
  }
}

type Json = Record<string, unknown>

async function update(path: string, change: (auths: Json) => Json): Promise<void> {
  const root = await readRoot(path)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const next: Json = { ...root, auths: change(authsOf(root)) }
  const sorted = Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)))
  await replace(path, JSON.stringify(sorted, undefined, '\t'))
}

async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function readRoot(path: string): Promise<Json> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  if (text.trim() === '') return {}
  try {
    return record(JSON.parse(text))
  } catch (error) {
    throw new ChartroomError('USAGE', `${path} is no JSON, so no login can be kept in it`, {
      cause: error,
      hint: 'Mend the file, or move it away.',
    })
  }
}

function authsOf(root: Json): Json {
  return record(root.auths)
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

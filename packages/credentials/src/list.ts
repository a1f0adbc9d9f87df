import { isChartroomError } from '@chartroom/errors'
import { decode } from './chain.ts'
import type { ConfigFile } from './config-file.ts'
import { readConfigFile } from './config-file.ts'
import { helperList, ownHelper } from './helper.ts'
import type { Place } from './location.ts'
import { containersAuthPaths, dockerConfigPath, helmConfigPath } from './location.ts'

/** Whom the files and their helpers have logins for, by address, with the user name; the first file counts. */
export async function listLogins(place: Place): Promise<ReadonlyMap<string, string>> {
  const paths = [helmConfigPath(place), dockerConfigPath(place), ...containersAuthPaths(place)]
  const found = new Map<string, string>()
  const add = (address: string, username: string): void => {
    if (!found.has(address)) found.set(address, username)
  }
  for (const path of new Set(paths)) {
    const file = readUsable(path)
    if (file === undefined) continue
    for (const [address, username] of entriesOf(file)) add(address, username)
    for (const [address, username] of await helpersOf(file, place)) add(address, username)
  }
  return found
}

function readUsable(path: string): ConfigFile | undefined {
  try {
    return readConfigFile(path)
  } catch (error) {
    // What cannot be read has nothing to list; who asks for a login of it is told.
    if (isChartroomError(error)) return undefined
    throw error
  }
}

function entriesOf({ auths }: ConfigFile): [string, string][] {
  return Object.entries(auths).flatMap(([address, { auth, username, identitytoken }]) => {
    if (identitytoken) return [[address, '<token>'] as [string, string]]
    const name = auth ? decode(auth)[0] : username
    return name ? [[address, name] as [string, string]] : []
  })
}

async function helpersOf(
  { credsStore, credHelpers }: ConfigFile,
  { env }: Place,
): Promise<readonly (readonly [string, string])[]> {
  const names = new Set([...Object.values(credHelpers), credsStore ?? ''])
  const found: (readonly [string, string])[] = []
  for (const name of names) {
    if (name === '' || name === ownHelper) continue
    try {
      found.push(...(await helperList(name, { env })))
    } catch (error) {
      if (!isChartroomError(error)) throw error
    }
  }
  return found
}

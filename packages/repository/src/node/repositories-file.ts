import { mkdir, readFile, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ChartroomError, hasCode } from '@chartroom/errors'
import { withLock, writeDurably } from '@chartroom/files'
import type { YamlMap, YamlValue } from '@chartroom/go'
import { formatYaml, parseYaml } from '@chartroom/go'

/** One added repository, as in Helm's repositories.yaml. */
export interface AddedRepository {
  readonly name: string
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly caFile?: string | undefined
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly passCredentials?: boolean | undefined
}

/** Throws `YAML_INVALID` for a file that is no list of repositories. */
export async function readRepositories(path: string): Promise<AddedRepository[]> {
  const { repositories } = await readFileOf(path)
  return repositories.filter(isMap).map(repositoryOf)
}

/** Adds or replaces; other repositories and keys this version does not know stay. */
export function addRepository(path: string, repository: AddedRepository): Promise<void> {
  return update(path, (list) => {
    const known = list.filter(isMap).find(({ name }) => name === repository.name)
    const entry = { ...known, ...entryOf(repository) }
    return known === undefined ? [...list, entry] : list.map((one) => (one === known ? entry : one))
  })
}

/** Throws `NOT_FOUND` for a name that was not added. */
export function removeRepository(path: string, name: string): Promise<void> {
  return update(path, (list) => {
    const rest = list.filter((one) => !isMap(one) || one.name !== name)
    if (rest.length < list.length) return rest
    throw new ChartroomError('NOT_FOUND', `no repo named "${name}" found`, {
      hint: 'chartroom repo list shows the names.',
    })
  })
}

type Change = (list: readonly YamlValue[]) => YamlValue[]

async function update(path: string, change: Change): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o755 })
  await withLock(path.replace(/\.[^./\\]*$/, '') + '.chartroom.lock', async () => {
    const { root, repositories } = await readFileOf(path)
    const next: YamlMap = {
      apiVersion: root.apiVersion ?? '',
      generated: root.generated ?? '0001-01-01T00:00:00Z',
      ...root,
      repositories: change(repositories),
    }
    await writeDurably(await targetOf(path), formatYaml(next), 0o600)
  })
}

interface RepositoriesFile {
  readonly root: YamlMap
  /** As they stand, also what is none. */
  readonly repositories: readonly YamlValue[]
}

async function readFileOf(path: string): Promise<RepositoriesFile> {
  const root = parse(path, (await ifPresent(readFile(path, 'utf8'))) ?? '') ?? {}
  const repositories = isMap(root) ? (root.repositories ?? []) : undefined
  if (isMap(root) && Array.isArray(repositories)) return { root, repositories }
  throw unreadable(path, 'it has no list of repositories')
}

function parse(path: string, text: string): YamlValue {
  try {
    return parseYaml(text)
  } catch (error) {
    if (hasCode(error, 'YAML_INVALID')) throw unreadable(path, error.message)
    throw error
  }
}

// No cause: it would quote the text, and with it what may be a password.
function unreadable(path: string, why: string): ChartroomError {
  return new ChartroomError('YAML_INVALID', `${path} cannot be read: ${why}`, {
    hint: 'Mend the file, or move it away and add the repositories again.',
  })
}

// A link to the file stays one.
async function targetOf(path: string): Promise<string> {
  return (await ifPresent(realpath(path))) ?? path
}

async function ifPresent<T>(value: Promise<T>): Promise<T | undefined> {
  return value.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

function isMap(value: YamlValue): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function repositoryOf(map: YamlMap): AddedRepository {
  return {
    name: text(map.name) ?? '',
    url: text(map.url) ?? '',
    username: text(map.username),
    password: text(map.password),
    caFile: text(map.caFile),
    certFile: text(map.certFile),
    keyFile: text(map.keyFile),
    insecureSkipTlsVerify: map.insecure_skip_tls_verify === true,
    passCredentials: map.pass_credentials_all === true,
  }
}

function entryOf(one: AddedRepository): YamlMap {
  return {
    caFile: one.caFile ?? '',
    certFile: one.certFile ?? '',
    insecure_skip_tls_verify: one.insecureSkipTlsVerify ?? false,
    keyFile: one.keyFile ?? '',
    name: one.name,
    pass_credentials_all: one.passCredentials ?? false,
    password: one.password ?? '',
    url: one.url,
    username: one.username ?? '',
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

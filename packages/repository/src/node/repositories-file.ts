import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { YamlMap } from '@chartroom/go'
import { formatYaml, parseYaml } from '@chartroom/go'
import { withLock } from './lock.ts'
import { writeDurably } from './write-file.ts'

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

export async function readRepositories(path: string): Promise<AddedRepository[]> {
  return listOf(await readRoot(path)).map(repositoryOf)
}

/** Adds or replaces; other repositories and keys this version does not know stay. */
export function addRepository(path: string, repository: AddedRepository): Promise<void> {
  return update(path, (list) => {
    const known = list.find(({ name }) => name === repository.name)
    const entry = { ...known, ...entryOf(repository) }
    return known === undefined ? [...list, entry] : list.map((one) => (one === known ? entry : one))
  })
}

/** Throws `NOT_FOUND` for a name that was not added. */
export function removeRepository(path: string, name: string): Promise<void> {
  return update(path, (list) => {
    const rest = list.filter((one) => one.name !== name)
    if (rest.length < list.length) return rest
    throw new ChartroomError('NOT_FOUND', `no repo named "${name}" found`, {
      hint: 'chartroom repo list shows the names.',
    })
  })
}

async function update(path: string, change: (list: YamlMap[]) => YamlMap[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o755 })
  await withLock(path.replace(/\.[^./\\]*$/, '') + '.chartroom.lock', async () => {
    const root = await readRoot(path)
    const next: YamlMap = {
      apiVersion: root.apiVersion ?? '',
      generated: root.generated ?? '0001-01-01T00:00:00Z',
      ...root,
      repositories: change(listOf(root)),
    }
    await writeDurably(path, formatYaml(next), 0o600)
  })
}

async function readRoot(path: string): Promise<YamlMap> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const value = parseYaml(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function listOf({ repositories }: YamlMap): YamlMap[] {
  const list = Array.isArray(repositories) ? repositories : []
  return list.filter((one): one is YamlMap => typeof one === 'object' && one !== null && !Array.isArray(one))
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

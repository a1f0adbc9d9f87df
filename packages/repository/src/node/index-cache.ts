import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { Index } from '../index-model.ts'
import { parseIndex } from '../parse-index.ts'
import type { Repository } from '../reader.ts'
import { writeDurably } from './write-file.ts'

/** The indexes of added repositories, in the folder and under the names that Helm uses. */
export class IndexCache {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Fetches the index unless its ETag still holds. */
  async update(name: string, repository: Repository): Promise<Index> {
    const before = await this.#read(name)
    const etag = before === undefined ? undefined : await readIfPresent(this.#path(name, 'index.etag'))
    const fetched = await repository.fetchIndex(etag)
    if (fetched.text === undefined) return parseIndex(before ?? '')
    const index = parseIndex(fetched.text)
    await mkdir(this.#folder, { recursive: true })
    await writeDurably(this.#path(name, 'index.yaml'), fetched.text)
    await writeDurably(
      this.#path(name, 'charts.txt'),
      [...index.entries.keys()].map((chart) => `${chart}\n`).join(''),
    )
    if (fetched.etag === undefined) await rm(this.#path(name, 'index.etag'), { force: true })
    else await writeDurably(this.#path(name, 'index.etag'), fetched.etag)
    return index
  }

  /** Throws `NOT_FOUND` when the repository was never updated. */
  async read(name: string): Promise<Index> {
    const text = await this.#read(name)
    if (text !== undefined) return parseIndex(text)
    throw new ChartroomError('NOT_FOUND', `there is no index of the repository ${name} yet`, {
      hint: `Fetch it: chartroom repo update ${name}.`,
    })
  }

  async remove(name: string): Promise<void> {
    for (const part of ['index.yaml', 'charts.txt', 'index.etag'])
      await rm(this.#path(name, part), { force: true })
  }

  #read(name: string): Promise<string | undefined> {
    return readIfPresent(this.#path(name, 'index.yaml'))
  }

  #path(name: string, part: string): string {
    return join(this.#folder, `${name}-${part}`)
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

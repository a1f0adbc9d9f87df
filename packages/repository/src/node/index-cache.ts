import { createHash } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { writeDurably } from '@chartroom/files'
import type { Index } from '../index-model.ts'
import { parseIndex } from '../parse-index.ts'
import type { Repository } from '../reader.ts'

/** The indexes of added repositories, in the folder and under the names that Helm uses. */
export class IndexCache {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Fetches the index unless its ETag still holds. */
  async update(name: string, repository: Repository): Promise<Index> {
    const before = await this.#read(name)
    const fetched = await repository.fetchIndex(await this.#etag(name, before, repository))
    if (fetched.text === undefined) return parseIndex(before ?? '')
    const index = parseIndex(fetched.text)
    await mkdir(this.#folder, { recursive: true })
    await writeDurably(this.#path(name, 'index.yaml'), fetched.text)
    await writeDurably(
      this.#path(name, 'charts.txt'),
      [...index.entries.keys()].map((chart) => `${chart}\n`).join(''),
    )
    if (fetched.etag === undefined) await rm(this.#path(name, 'index.etag'), { force: true })
    else
      await writeDurably(
        this.#path(name, 'index.etag'),
        `${stampOf(fetched.text, repository)} ${fetched.etag}`,
      )
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

  /** The ETag of this very text from this very address: helm may have written another, or a name been reused. */
  async #etag(name: string, text: string | undefined, repository: Repository): Promise<string | undefined> {
    if (text === undefined) return undefined
    const kept = await readIfPresent(this.#path(name, 'index.etag'))
    const stamp = `${stampOf(text, repository)} `
    return kept?.startsWith(stamp) === true ? kept.slice(stamp.length) : undefined
  }

  #read(name: string): Promise<string | undefined> {
    return readIfPresent(this.#path(name, 'index.yaml'))
  }

  #path(name: string, part: string): string {
    return join(this.#folder, `${name}-${part}`)
  }
}

function stampOf(text: string, { url }: Repository): string {
  return createHash('sha256').update(url).update('\n').update(text).digest('hex')
}

async function readIfPresent(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

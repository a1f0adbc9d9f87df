import { appendFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Environment } from '../../environment.ts'
import { limits } from '../../limits.ts'
import { placementsFile } from '../../store-folder.ts'

/**
 * Which repository of a registry has each blob, or is getting it: another repository of the same registry then
 * mounts it from there instead of receiving it again. A file keeps what earlier runs placed. It is a hint
 * alone: a registry that cannot mount from there takes the bytes.
 */
export class Placements {
  readonly #file: string | undefined
  readonly #earlier: ReadonlyMap<string, string>
  readonly #now = new Map<string, Promise<string | undefined>>()
  readonly #unsaved = new Map<string, PlacedBlob>()

  constructor(file?: string, earlier: ReadonlyMap<string, string> = new Map()) {
    this.#file = file
    this.#earlier = earlier
  }

  /** Places a blob by `send`, told where to mount it from when another repository had it first. */
  async place(blob: PlacedBlob, send: (mountFrom: string | undefined) => Promise<void>): Promise<void> {
    const key = `${blob.host} ${blob.digest}`
    const before = this.#now.get(key)
    if (before !== undefined) {
      const from = await before
      return send(from === blob.repository ? undefined : from)
    }
    const earlier = this.#earlier.get(key)
    const sending = send(earlier === blob.repository ? undefined : earlier)
    // Whoever sends it reports why it failed; the others only learn that there is nothing to mount.
    this.#now.set(
      key,
      sending.then(
        () => blob.repository,
        () => undefined,
      ),
    )
    await sending
    if (earlier !== blob.repository) this.#unsaved.set(key, blob)
  }

  /** Writes down what was placed since. A cache folder that cannot be written keeps nobody from publishing. */
  async save(): Promise<void> {
    if (this.#file === undefined || this.#unsaved.size === 0) return
    const lines = [...this.#unsaved.values()].map(
      ({ host, repository, digest }) => `${host} ${repository} ${digest}\n`,
    )
    this.#unsaved.clear()
    try {
      await append(this.#file, lines.join(''))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }
}

export interface PlacedBlob {
  readonly host: string
  readonly repository: string
  readonly digest: string
}

/** With what earlier runs on this machine placed. */
export async function openPlacements(environment: Environment): Promise<Placements> {
  const file = placementsFile(environment)
  return new Placements(file, await readPlaced(file))
}

async function append(file: string, lines: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, lines)
  const { size } = await stat(file)
  if (size <= limits.placementBytes) return
  const text = await readFile(file, 'utf8')
  const newer = text.slice(text.indexOf('\n', text.length / 2) + 1)
  await writeFile(`${file}.${process.pid}`, newer)
  await rename(`${file}.${process.pid}`, file)
}

async function readPlaced(file: string): Promise<Map<string, string>> {
  const placed = new Map<string, string>()
  for (const line of (await textOf(file)).split('\n')) {
    const match = /^(\S+) ([a-z0-9][a-z0-9._/-]*) (sha256:[0-9a-f]{64})$/.exec(line)
    if (match !== null) placed.set(`${match[1]} ${match[3]}`, match[2] ?? '')
  }
  return placed
}

async function textOf(file: string): Promise<string> {
  try {
    // One that is larger than it can have become here is not of ours.
    return (await stat(file)).size > 2 * limits.placementBytes ? '' : await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return ''
    throw error
  }
}

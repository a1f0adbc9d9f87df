import { randomUUID } from 'node:crypto'
import { appendFile, stat } from 'node:fs/promises'
import { ChartroomError } from '@chartroom/errors'
import type { Hidden } from './hidden.ts'
import type { Journal } from './journal.ts'
import { limits } from './limits.ts'

/** The outputs of action.yml. */
export type OutputName = 'changed' | 'digest' | 'reference' | 'results'

/**
 * Gives values to later steps through the file of `GITHUB_OUTPUT`. Of two values of one name the later counts.
 * Without the variable, nobody would read them: they are said in the log. Throws `IO` for a file that is not there.
 */
export class Outputs {
  readonly #file: string | undefined
  readonly #hidden: Hidden
  readonly #journal: Journal

  constructor(file: string | undefined, hidden: Hidden, journal: Journal) {
    this.#file = file
    this.#hidden = hidden
    this.#journal = journal
  }

  /** To be asked before anything is done: what is done could not be told of later. Throws `IO`. */
  async ready(): Promise<void> {
    if (this.#file !== undefined) await requireFile(this.#file)
  }

  async set(values: Partial<Readonly<Record<OutputName, string>>>): Promise<void> {
    const entries = Object.entries(values).map(([name, value]) => [name, this.#fit(name, value)] as const)
    if (this.#file === undefined) {
      this.#journal.text('GITHUB_OUTPUT is not set, so this runs outside GitHub. The outputs would be:')
      for (const [name, value] of entries) this.#journal.text(`${name}=${value}`)
      return
    }
    await this.ready()
    await appendFile(this.#file, entries.map(([name, value]) => formatOutput(name, value)).join(''))
  }

  #fit(name: string, value: string): string {
    const safe = this.#hidden.in(value)
    if (safe.length <= limits.outputLength) return safe
    this.#journal.annotate('warning', `the output ${name} is too long for GitHub, and is left empty`)
    return ''
  }
}

/** One output with a delimiter that nobody can know before, and that the value does not have in it. */
export function formatOutput(name: string, value: string): string {
  let delimiter: string
  do delimiter = `chartroom_${randomUUID()}`
  while (value.includes(delimiter))
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}

// Appending would make a file that the runner does not read.
async function requireFile(path: string): Promise<void> {
  try {
    await stat(path)
  } catch (cause) {
    throw new ChartroomError('IO', `the file of GITHUB_OUTPUT is not there: ${path}`, {
      cause,
      hint: 'The runner makes it. Outside GitHub, leave GITHUB_OUTPUT unset; in a container, mount its folder.',
    })
  }
}

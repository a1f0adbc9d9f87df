import { join } from 'node:path'
import type { Script } from 'node:vm'
import { attempt } from './attempt.ts'
import type { CodeFile, CodeOrigin } from './code-file.ts'
import { readCodeFile } from './code-file.ts'
import type { Surroundings } from './code-folder.ts'
import { codeFolder, isOwnFolder } from './code-folder.ts'
import { keepCode } from './keep-code.ts'

/** How often a command's code is written, so that functions that the first calls did not reach come to it. */
const mostWrites = 3

/**
 * The code of one command, compiled by an earlier call of it: compiling is a third of what a short call costs.
 * Where it cannot be kept the program runs as well, only slower.
 */
export class CodeCache {
  readonly #folder: string | undefined
  readonly #file: string
  readonly #origin: CodeOrigin
  readonly #known: CodeFile | undefined
  readonly #used = new Map<string, Script>()
  /** The command's script, undefined where nothing is kept. */
  readonly text: string | undefined

  /** `command` is the first word of the command line, of whatever kind; `makeText` makes the script of one. */
  constructor(
    { build, command, surroundings }: { build: string; command: string; surroundings: Surroundings },
    makeText: (command: string) => string,
  ) {
    this.#folder = codeFolder(surroundings)
    this.#origin = { build, node: nodeOf(surroundings.env) }
    const name = /^[a-z-]{1,20}$/.test(command) ? command : 'other'
    this.#file = join(this.#folder ?? '', `${build}-${name}`)
    this.#known = attempt(() => this.#read())
    if (this.#folder !== undefined) this.text = this.#known?.text ?? makeText(name)
  }

  /** Compiled code of a script, if there is some. */
  codeOf(name: string): Uint8Array | undefined {
    return this.#known?.scripts.get(name)
  }

  /** Takes note of a script that runs in this call. */
  use(name: string, script: Script): void {
    this.#used.set(name, script)
  }

  /** Whether this call has something to add. */
  get wantsMore(): boolean {
    if (this.#folder === undefined) return false
    if (this.#known === undefined || this.#known.writes < mostWrites) return true
    return [...this.#used].some(([name, { cachedDataRejected }]) => {
      return cachedDataRejected === true || !this.#known?.scripts.has(name)
    })
  }

  /** Keeps what was compiled in this call. */
  save(): void {
    const { text } = this
    if (this.#folder === undefined || text === undefined) return
    keepCode({
      folder: this.#folder,
      file: this.#file,
      origin: this.#origin,
      known: this.#known,
      text,
      used: this.#used,
    })
  }

  #read(): CodeFile | undefined {
    if (this.#folder === undefined || !isOwnFolder(this.#folder)) return undefined
    return readCodeFile(this.#file, this.#origin)
  }
}

/** Flags of V8 count too: it takes no code that was compiled with others. */
function nodeOf(env: Surroundings['env']): string {
  return [process.version, process.arch, env.NODE_OPTIONS ?? '', ...process.execArgv].join(' ')
}

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import type { CodeCache } from './code-cache.ts'

type Exports = Record<string, unknown>
type Require = (id: string) => unknown

interface Module {
  exports: Exports
}

/**
 * Loads the files of the program. Node's own loader would ask the disk several times for each where it is and what
 * it is, and knows no compiled code before Node 22.
 */
export class Loader {
  readonly #folder: string
  readonly #cache: CodeCache
  readonly #modules = new Map<string, Module>()

  constructor(folder: string, cache: CodeCache) {
    this.#folder = folder
    this.#cache = cache
  }

  /** `name` is a path below the folder, such as `main.cjs`. Throws what the file throws. */
  load(name: string): Exports {
    const known = this.#modules.get(name)
    if (known !== undefined) return known.exports
    const module: Module = { exports: {} }
    this.#modules.set(name, module)
    const file = join(this.#folder, name)
    const load: Require = (id) => (id.startsWith('.') ? this.load(join(dirname(name), id)) : builtin(id))
    this.#run(name, file)(module.exports, load, module, file, dirname(file))
    return module.exports
  }

  #run(name: string, file: string): (...given: unknown[]) => void {
    const text = readFileSync(file, 'utf8')
    const script = this.#compile(name, file, text)
    this.#cache.use(name, script)
    return script.runInThisContext() as (...given: unknown[]) => void
  }

  #compile(name: string, filename: string, text: string): Script {
    const cachedData = this.#cache.codeOf(name)
    const wrapped = `(function (exports, require, module, __filename, __dirname) { ${text}\n})`
    return new Script(wrapped, { filename, ...(cachedData === undefined ? {} : { cachedData }) })
  }
}

function builtin(id: string): unknown {
  const found: unknown = process.getBuiltinModule(id)
  if (found !== undefined) return found
  throw Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' })
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import type { CodeCache } from './code-cache.ts'
import type { ModuleFunction } from './module-function.ts'
import { functionAround } from './module-function.ts'

type Exports = Record<string, unknown>
type Require = (id: string) => unknown

interface Module {
  exports: Exports
}

/** The name of the script that has several files in it. */
const several = '*'

/**
 * Loads the files of the program. Node's own loader would ask the disk several times for each where it is and what
 * it is, and knows no compiled code before Node 22.
 */
export class Loader {
  readonly #folder: string
  readonly #cache: CodeCache
  readonly #modules = new Map<string, Module>()
  /** Of the files that the command's script has in it. */
  readonly #functions: Readonly<Record<string, ModuleFunction>>

  constructor(folder: string, cache: CodeCache) {
    this.#folder = folder
    this.#cache = cache
    // A stack names it so; NODE_DISABLE_COMPILE_CACHE=1 shows the files.
    this.#functions = (
      cache.text === undefined ? {} : this.#run(several, 'chartroom', cache.text)
    ) as Readonly<Record<string, ModuleFunction>>
  }

  /** `name` is that of a file in the folder, such as `main.cjs`. Throws what the file throws. */
  load(name: string): Exports {
    const known = this.#modules.get(name)
    if (known !== undefined) return known.exports
    const module: Module = { exports: {} }
    this.#modules.set(name, module)
    const run = this.#functions[name] ?? this.#functionOf(name)
    run(module.exports, this.#require, module, join(this.#folder, name), this.#folder)
    return module.exports
  }

  readonly #require: Require = (id) => (id.startsWith('./') ? this.load(id.slice(2)) : builtin(id))

  #functionOf(name: string): ModuleFunction {
    const file = join(this.#folder, name)
    const text = readFileSync(file, 'latin1')
    return this.#run(name, file, `(${functionAround(text)})`) as ModuleFunction
  }

  /** The value of a script. */
  #run(name: string, filename: string, text: string): unknown {
    const cachedData = this.#cache.codeOf(name)
    const script = new Script(text, { filename, ...(cachedData === undefined ? {} : { cachedData }) })
    this.#cache.use(name, script)
    return script.runInThisContext()
  }
}

function builtin(id: string): unknown {
  const found: unknown = process.getBuiltinModule(id)
  if (found !== undefined) return found
  throw Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' })
}

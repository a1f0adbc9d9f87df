import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Script } from 'node:vm'
import { attempt } from './attempt.ts'
import type { CodeFile, CodeOrigin, Header } from './code-file.ts'
import { aligned } from './code-file.ts'
import { isOwnFolder } from './code-folder.ts'
import { makeCodeFolder } from './make-code-folder.ts'

/** What one call of a command has to keep. */
export interface KeptCode {
  readonly folder: string
  /** The path of the command's file. */
  readonly file: string
  readonly origin: CodeOrigin
  /** What earlier calls have kept. */
  readonly known: CodeFile | undefined
  readonly text: string
  /** Scripts that ran in this call. */
  readonly used: ReadonlyMap<string, Script>
}

/** Keeps what was compiled in a call. A file of its own, because most calls have nothing to keep. */
export function keepCode({ folder, file, origin, known, text, used }: KeptCode): void {
  const scripts = new Map(known?.scripts)
  for (const [name, script] of used) scripts.set(name, script.createCachedData())
  attempt(() => {
    makeCodeFolder(folder)
    if (!isOwnFolder(folder)) return
    writeCodeFile(file, origin, { writes: (known?.writes ?? 0) + 1, text, scripts })
    if (known === undefined) removeOthers(folder, origin)
  })
}

/** Code of other builds is of no more use. */
function removeOthers(folder: string, { build }: CodeOrigin): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${build}-`)) rmSync(join(folder, name), { force: true })
  }
}

/** Writes the file in one step: whoever reads at the same time has the old one or the new one. */
export function writeCodeFile(file: string, origin: CodeOrigin, { writes, text, scripts }: CodeFile): void {
  const lengths = [...scripts].map(([name, code]) => [name, code.length] as const)
  const header: Header = { ...origin, writes, text: text.length, scripts: lengths }
  const first = [`${JSON.stringify(header)}\0`, text].map((part) => Buffer.from(part, 'latin1'))
  // Containers that share the folder have equal process numbers.
  const fresh = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`
  const data = Buffer.concat([...first, ...scripts.values()].flatMap((part) => [part, padding(part.length)]))
  // V8 does not notice when code is not whole: it must be on the disk before its name is.
  writeFileSync(fresh, data, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(fresh, file)
}

function padding(length: number): Uint8Array {
  return new Uint8Array(aligned(length) - length)
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Compiled code of several scripts, as one file keeps it. */
export interface CodeFile {
  /** How often it was written: each time it knows more functions. */
  readonly writes: number
  readonly scripts: ReadonlyMap<string, Uint8Array>
}

/** What must be equal for compiled code to fit: the program's build and the Node that compiled it. */
export interface CodeOrigin {
  readonly build: string
  readonly node: string
}

interface Header extends CodeOrigin {
  readonly writes: number
  /** Name and length of each script, in the order that they lie in. */
  readonly scripts: readonly (readonly [string, number])[]
}

/** V8 reads its code in words. */
const alignment = 8

/** The file's content, or undefined when it is of another origin, or is not whole. Throws when it cannot be read. */
export function readCodeFile(file: string, origin: CodeOrigin): CodeFile | undefined {
  const data = readFileSync(file)
  const start = data.indexOf(0)
  if (start < 0) return undefined
  const header = JSON.parse(data.toString('latin1', 0, start)) as Header
  if (header.build !== origin.build || header.node !== origin.node) return undefined
  const scripts = new Map<string, Uint8Array>()
  let at = aligned(start + 1)
  for (const [name, length] of header.scripts) {
    scripts.set(name, data.subarray(at, at + length))
    at = aligned(at + length)
  }
  return at === data.length ? { writes: header.writes, scripts } : undefined
}

/** Writes the file in one step: whoever reads at the same time has the old one or the new one. */
export function writeCodeFile(file: string, origin: CodeOrigin, { writes, scripts }: CodeFile): void {
  const lengths = [...scripts].map(([name, code]) => [name, code.length] as const)
  const header: Header = { ...origin, writes, scripts: lengths }
  const parts = [Buffer.from(`${JSON.stringify(header)}\0`, 'latin1'), ...scripts.values()]
  // Containers that share the folder have equal process numbers.
  const fresh = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`
  const data = Buffer.concat(parts.flatMap((part) => [part, padding(part.length)]))
  // V8 does not notice when code is not whole: it must be on the disk before its name is.
  writeFileSync(fresh, data, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(fresh, file)
}

function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment
}

function padding(length: number): Uint8Array {
  return new Uint8Array(aligned(length) - length)
}

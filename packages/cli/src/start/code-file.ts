import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** What one command keeps between its calls, as one file. */
export interface CodeFile {
  /** How often it was written: each time it knows more functions. */
  readonly writes: number
  /** The text of the script that has the command's files in it, in ASCII. */
  readonly text: string
  /** Compiled code of scripts, by their names. */
  readonly scripts: ReadonlyMap<string, Uint8Array>
}

/** What must be equal for compiled code to fit: the program's build and the Node that compiled it. */
export interface CodeOrigin {
  readonly build: string
  readonly node: string
}

interface Header extends CodeOrigin {
  readonly writes: number
  /** Characters of the text, which comes first. */
  readonly text: number
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
  const text = aligned(start + 1)
  const scripts = new Map<string, Uint8Array>()
  let at = aligned(text + header.text)
  for (const [name, length] of header.scripts) {
    scripts.set(name, data.subarray(at, at + length))
    at = aligned(at + length)
  }
  if (at !== data.length) return undefined
  return { writes: header.writes, text: data.toString('latin1', text, text + header.text), scripts }
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

function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment
}

function padding(length: number): Uint8Array {
  return new Uint8Array(aligned(length) - length)
}

import { readFileSync } from 'node:fs'

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

/** What the file begins with, in JSON, with a zero behind it. */
export interface Header extends CodeOrigin {
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

/** The next offset that V8 reads its code at. */
export function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment
}

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ChartroomError, redactUrl } from '@chartroom/errors'
import { bytesString } from '@chartroom/go'
import { limits } from '../limits.ts'

/** Where texts that flags name are read from. */
export interface TextSources {
  readonly cwd: string
  /** All of standard input. */
  readonly stdin: () => Promise<Uint8Array>
  /** What lies at an http or https address. */
  readonly fetch: (url: URL) => Promise<Uint8Array>
}

/** Reads a file of values as helm does: `-` is standard input, a URL is fetched, all else is a path. */
export async function readNamedText(name: string, sources: TextSources): Promise<string> {
  return bytesString(await readBytes(name, sources))
}

async function readBytes(name: string, { cwd, stdin, fetch }: TextSources): Promise<Uint8Array> {
  if (name.trim() === '-') return stdin()
  if (/^https?:\/\//i.test(name) && URL.canParse(name)) return fetch(new URL(name))
  const bytes = read(resolve(cwd, name), name)
  if (bytes.length <= limits.valuesBytes) return bytes
  throw new ChartroomError(
    'LIMIT_EXCEEDED',
    `${redactUrl(name)} is larger than ${limits.valuesBytes} bytes`,
    { hint: 'Values are text that a person writes: check the path.' },
  )
}

// The file is small and nothing else is under way; node:fs/promises would take longer to load.
function read(path: string, name: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EISDIR') {
      throw new ChartroomError('IO', `read ${name}: is a directory`, {
        hint: 'Name a file in it.',
        cause: error,
      })
    }
    if (code !== 'ENOENT') throw error
    throw new ChartroomError('FILE_NOT_FOUND', `open ${name}: no such file or directory`, {
      hint: `It was looked for at ${path}.`,
      cause: error,
    })
  }
}

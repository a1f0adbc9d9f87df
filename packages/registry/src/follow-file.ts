import { readFileSync, statSync } from 'node:fs'
import { ChartroomError } from '@chartroom/errors'

export interface FollowedFile<T> {
  /** `password file`, for errors. */
  readonly what: string
  readonly maxBytes: number
  /** How one is made, for who has none. */
  readonly hint: string
  readonly parse: (text: string) => T
}

/** What a file says: read now, and again whenever it changed. Throws `FILE_NOT_FOUND`, `LIMIT_EXCEEDED`. */
export function followFile<T>(path: string, file: FollowedFile<T>): () => T {
  let stamp = stampOf(path, file)
  let content = read(path, file)
  return () => {
    const now = stampOf(path, file)
    if (now !== stamp) {
      content = read(path, file)
      stamp = now
    }
    return content
  }
}

function read<T>(path: string, { maxBytes, parse, what }: FollowedFile<T>): T {
  const { size } = statSync(path)
  if (size > maxBytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `${path} is larger than ${maxBytes} bytes`, {
      hint: `Check that this is the ${what}.`,
    })
  }
  return parse(readFileSync(path, 'utf8'))
}

function stampOf(path: string, { what, hint }: Pick<FollowedFile<unknown>, 'what' | 'hint'>): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  if (found === undefined) throw new ChartroomError('FILE_NOT_FOUND', `there is no ${what} ${path}`, { hint })
  return `${found.ino}-${found.mtimeNs}-${found.size}`
}

import { readFileSync, statSync } from 'node:fs'
import { ChartroomError } from '@chartroom/errors'
import { limits } from './limits.ts'

/** The users of an htpasswd file and the bcrypt hashes of their passwords. */
export interface Htpasswd {
  hash(user: string): string | undefined
}

/** Reads the file now, and again whenever it changed. Throws `USAGE` where it is unusable. */
export function openHtpasswd(path: string): Htpasswd {
  let stamp = stampOf(path)
  let users = readUsers(path)
  return {
    hash(user) {
      const now = stampOf(path)
      if (now !== stamp) {
        users = readUsers(path)
        stamp = now
      }
      return users.get(user)
    },
  }
}

/** `name:hash` a line; empty lines and `#` comments are skipped. Only bcrypt, as in distribution. */
function parseHtpasswd(text: string, path: string): Map<string, string> {
  const users = new Map<string, string>()
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const colon = line.indexOf(':')
    const hash = line.slice(colon + 1)
    if (colon < 1 || !/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(hash)) throw badLine(path, index + 1)
    users.set(line.slice(0, colon), hash)
  }
  return users
}

function readUsers(path: string): Map<string, string> {
  const { size } = statSync(path)
  if (size > limits.htpasswdBytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `${path} is larger than ${limits.htpasswdBytes} bytes`, {
      hint: 'Check that this is the password file.',
    })
  }
  return parseHtpasswd(readFileSync(path, 'utf8'), path)
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  if (found === undefined) {
    throw new ChartroomError('FILE_NOT_FOUND', `there is no password file ${path}`, {
      hint: 'Make one with htpasswd -B -c FILE USER.',
    })
  }
  return `${found.ino}-${found.mtimeNs}-${found.size}`
}

function badLine(path: string, line: number): ChartroomError {
  return new ChartroomError('USAGE', `${path}, line ${line}: not a name and a bcrypt hash`, {
    hint: 'Make the line with htpasswd -B, which hashes with bcrypt.',
  })
}

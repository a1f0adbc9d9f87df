import { ChartroomError } from '@chartroom/errors'
import { followFile } from './follow-file.ts'
import { limits } from './limits.ts'

/** The users of an htpasswd file and the bcrypt hashes of their passwords. */
export interface Htpasswd {
  hash(user: string): string | undefined
}

/** Reads the file now, and again whenever it changed. Throws `USAGE` where it is unusable. */
export function openHtpasswd(path: string): Htpasswd {
  const users = followFile(path, {
    what: 'password file',
    maxBytes: limits.htpasswdBytes,
    hint: 'Make one with htpasswd -B -c FILE USER.',
    parse: (text) => parseHtpasswd(text, path),
  })
  return { hash: (user) => users().get(user) }
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

function badLine(path: string, line: number): ChartroomError {
  return new ChartroomError('USAGE', `${path}, line ${line}: not a name and a bcrypt hash`, {
    hint: 'Make the line with htpasswd -B, which hashes with bcrypt.',
  })
}

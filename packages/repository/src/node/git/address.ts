import { ChartroomError } from '@chartroom/errors'
import { isLoopback } from '@chartroom/oci'
import { isBranchName } from './branch-name.ts'
import { folderParts } from './folder-parts.ts'

/** A classic repository on a branch: `git+https://HOST/PATH#BRANCH:FOLDER`. */
export interface GitAddress {
  /** What git is given. It holds no password. */
  readonly url: string
  /** `https://HOST:PORT` that credentials belong to; undefined where git speaks no HTTP. */
  readonly origin: string | undefined
  readonly branch: string
  /** The names of the folders down to the index; none for the branch's root. */
  readonly folder: readonly string[]
}

const form = 'git+https://HOST/REPOSITORY#BRANCH, or #BRANCH:FOLDER for a folder in the branch'

/** True for what {@link parseGitAddress} is to read, also if it will refuse it. */
export function isGitAddress(text: string): boolean {
  return /^git\+/i.test(text)
}

/** Throws `USAGE` for transports that run programs or carry no secrecy, for passwords, and for odd names. */
export function parseGitAddress(text: string): GitAddress {
  const [, place = '', fragment = ''] = /^git\+([^#]*)#?(.*)$/is.exec(text) ?? []
  const url = parseUrl(place)
  refuseOdd(url)
  const colon = fragment.indexOf(':')
  const branch = colon < 0 ? fragment : fragment.slice(0, colon)
  if (branch === '') throw refused(`${url.href} names no branch`, `Write ${form}.`)
  if (!isBranchName(branch)) {
    throw refused(
      `"${branch}" cannot be the name of a branch`,
      'git check-ref-format tells the rules; gh-pages is a usual name.',
    )
  }
  const web = url.protocol === 'https:' || url.protocol === 'http:'
  return {
    url: url.href,
    origin: web ? url.origin : undefined,
    branch,
    folder: colon < 0 ? [] : folderParts(fragment.slice(colon + 1)),
  }
}

function parseUrl(place: string): URL {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place)?.[1]?.toLowerCase() ?? ''
  if (!['https', 'http', 'ssh', 'file'].includes(scheme)) {
    throw refused(
      `git+${scheme || place.split(':', 1)[0]} is no way to a branch`,
      `Write ${form}; git+ssh:// and git+file:// are known too.`,
    )
  }
  if (!URL.canParse(place)) {
    // Not printed: what cannot be read may hold a password anywhere.
    throw refused(`the address after git+${scheme}:// cannot be read`, `Write ${form}.`)
  }
  return new URL(place)
}

function refuseOdd(url: URL): void {
  const { protocol, username, password, hostname, host, pathname, search } = url
  const ssh = protocol === 'ssh:'
  if (password !== '' || (username !== '' && !ssh)) {
    throw refused(
      `${protocol}//${host}${pathname} was given with a login, which would be seen in logs and process lists`,
      'Set GITHUB_TOKEN for GitHub, or keep the login in a credential helper of git (git help credentials).',
    )
  }
  if (search !== '') throw refused(`${protocol}//${host}${pathname} was given with a query`, `Write ${form}.`)
  if (protocol === 'http:' && !isLoopback(host)) {
    throw refused(`${url.href} is not encrypted`, 'Write git+https://, or git+ssh://.')
  }
  if (hostname.startsWith('-') || username.startsWith('-'))
    throw refused(`"${hostname}" is no host`, `Write ${form}.`)
  if (protocol === 'file:' && hostname !== '')
    throw refused(`${url.href} names a host`, 'Write git+file:///PATH#BRANCH.')
  if (protocol !== 'file:' && hostname === '') throw refused(`${url.href} names no host`, `Write ${form}.`)
  if (pathname === '' || pathname === '/') throw refused(`${url.href} names no repository`, `Write ${form}.`)
}

function refused(message: string, hint: string): ChartroomError {
  return new ChartroomError('USAGE', message, { hint })
}

import { isIP } from 'node:net'
import { ChartroomError } from '@chartroom/errors'
import type { Origin } from '../credential.ts'

/**
 * Where a registry may send us for a token. Its service may be another host, as at Docker Hub, but not by
 * plain HTTP when the registry is HTTPS, and not at an address inside a network when the registry is not it.
 */
export function checkRealm(realm: string, { scheme, host }: Origin): URL {
  const url = URL.canParse(realm) ? new URL(realm) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw leak(realm, host, 'is no http address')
  if (scheme === 'https' && url.protocol === 'http:') throw leak(url.host, host, 'does not use TLS')
  const name = url.hostname.replace(/^\[|\]$/g, '')
  const sameHost = url.hostname === new URL(`${scheme}://${host}`).hostname
  if (!sameHost && (isIP(name) !== 0 || name === 'localhost'))
    throw leak(url.host, host, 'is an address inside a network')
  return url
}

function leak(realm: string, host: string, why: string): ChartroomError {
  return new ChartroomError('CREDENTIAL_LEAK_REFUSED', `${host} asks to log in at ${realm}, which ${why}`, {
    op: 'token',
    origin: host,
    hint: 'Nothing was sent there. Ask who runs the registry whether this is meant.',
  })
}

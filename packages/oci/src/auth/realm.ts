import { ChartroomError } from '@chartroom/errors'
import { isInside, nameOf, ownerOf } from '../boundary.ts'
import type { Origin } from '../credential.ts'

/** Token services that belong to a registry under another owner's name, by the owners of both. */
const partners: ReadonlyMap<string, string> = new Map([
  ['docker.com', 'docker.io'],
  ['lscr.io', 'ghcr.io'],
  ['nvcr.io', 'nvidia.com'],
  ['scw.cloud', 'scaleway.com'],
])

/**
 * Where a registry may send us for a token, with or without a credential: an `http` address only from a
 * registry that is `http` itself, and an address inside a network only at the registry's own host (oras-go
 * 2.6.1, GHSA-xf85-363p-868w) or where the caller trusts it by name. Throws `CREDENTIAL_LEAK_REFUSED`.
 */
export function checkRealm(realm: string, { scheme, host }: Origin, trusted: readonly string[] = []): URL {
  const url = URL.canParse(realm) ? new URL(realm) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw leak(realm, host, 'is no http address')
  if (scheme === 'https' && url.protocol === 'http:') throw leak(url.host, host, 'does not use TLS')
  const registry = nameOf(new URL(`${scheme}://${host}`))
  if (nameOf(url) !== registry && isInside(nameOf(url)) && !isTrusted(url, trusted))
    throw untrusted(url, host, 'is an address inside a network')
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

/**
 * Whether a password or refresh token may go to a realm that {@link checkRealm} lets pass: to the registry's
 * own host, to a host of the same owner (`registry-1.docker.io` and `auth.docker.io`), to a known partner, or
 * to a host the caller trusts by name. Throws `CREDENTIAL_LEAK_REFUSED`.
 */
export function checkRealmForCredential(
  realm: URL,
  { scheme, host }: Origin,
  trusted: readonly string[] = [],
): void {
  const registry = nameOf(new URL(`${scheme}://${host}`))
  const service = nameOf(realm)
  if (service === registry || isTrusted(realm, trusted)) return
  const [ours, theirs] = [ownerOf(registry), ownerOf(service)]
  if (ours === theirs || partners.get(ours) === theirs) return
  throw untrusted(realm, host, 'belongs to somebody else as far as its name tells')
}

function isTrusted(realm: URL, trusted: readonly string[]): boolean {
  const port = realm.protocol === 'https:' ? '443' : '80'
  return trusted.includes(realm.host) || (realm.port === '' && trusted.includes(`${realm.hostname}:${port}`))
}

function untrusted({ host: realm }: URL, host: string, why: string): ChartroomError {
  return new ChartroomError('CREDENTIAL_LEAK_REFUSED', leakText(realm, host, why), {
    op: 'token',
    origin: host,
    hint: `Nothing was sent there. If it is the registry's own token service, allow it: --trusted-realm ${realm}, or trustedRealms in chartroom.yaml.`,
  })
}

function leak(realm: string, host: string, why: string): ChartroomError {
  return new ChartroomError('CREDENTIAL_LEAK_REFUSED', leakText(realm, host, why), {
    op: 'token',
    origin: host,
    hint: 'Nothing was sent there. Ask who runs the registry whether this is meant.',
  })
}

function leakText(realm: string, host: string, why: string): string {
  return `${host} asks to log in at ${realm}, which ${why}`
}

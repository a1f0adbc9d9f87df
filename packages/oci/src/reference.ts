import { ChartroomError } from '@chartroom/errors'
import type { Digest } from './descriptor.ts'
import { isDigest } from './digest.ts'
import { limits } from './limits.ts'

/** `HOST[:PORT]/REPOSITORY[:TAG][@DIGEST]` (OCI distribution-spec, Pulling manifests). */
export interface Reference {
  /** In lower case, with the port where one was given; `registry-1.docker.io` for Docker Hub's names. */
  readonly registry: string
  readonly repository: string
  readonly tag?: string | undefined
  readonly digest?: Digest | undefined
}

const host = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i
const repository = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const tag = /^\w[\w.-]{0,127}$/
const dockerHub = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'])

/** Reads a reference with or without `oci://`; a `+` in the tag is read as `_`. Throws `USAGE`. */
export function parseReference(text: string): Reference {
  const plain = text.replace(/^oci:\/\//, '')
  const slash = plain.indexOf('/')
  if (plain.length > limits.referenceLength) throw invalid(text, 'it is too long')
  if (slash < 1) throw invalid(text, 'it has no host and path')
  const [rest, wantedDigest] = splitLast(plain.slice(slash + 1), '@')
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1)
  const path = colon < 0 ? rest : rest.slice(0, colon)
  const wantedTag = colon < 0 ? undefined : rest.slice(colon + 1).replaceAll('+', '_')
  if (!isRepository(path)) throw invalid(text, repositoryReason(path))
  if (wantedTag !== undefined && !tag.test(wantedTag)) throw invalid(text, `${wantedTag} is no tag`)
  if (wantedDigest !== undefined && !isDigest(wantedDigest))
    throw invalid(text, `${wantedDigest} is no digest`)
  return {
    registry: parseHost(text, plain.slice(0, slash)),
    repository: path,
    ...(wantedTag === undefined ? {} : { tag: wantedTag }),
    ...(wantedDigest === undefined ? {} : { digest: wantedDigest }),
  }
}

/** Whether a registry takes it as a tag. */
export function isTag(text: string): boolean {
  return tag.test(text)
}

/** With `oci://`. */
export function formatReference({
  registry,
  repository: path,
  tag: name,
  digest: pinned,
}: Reference): string {
  return `oci://${registry}/${path}${name === undefined ? '' : `:${name}`}${pinned === undefined ? '' : `@${pinned}`}`
}

// The URL parser knows what ports and IPv6 addresses there are.
function parseHost(text: string, registry: string): string {
  if (!host.test(registry) || !URL.canParse(`http://${registry}`))
    throw invalid(text, `${registry} is no host`)
  return registryHost(registry)
}

/** What a host is called on the wire: in lower case, and one name for the four of Docker Hub. */
export function registryHost(name: string): string {
  const lower = name.toLowerCase()
  return dockerHub.has(lower) ? 'registry-1.docker.io' : lower
}

function isRepository(path: string): boolean {
  return path.length <= limits.repositoryLength && repository.test(path)
}

function splitLast(text: string, separator: string): [string, string | undefined] {
  const at = text.lastIndexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function repositoryReason(path: string): string {
  if (path === '') return 'it has no path'
  if (path.length > limits.repositoryLength)
    return `its path has more than ${limits.repositoryLength} characters`
  if (/[A-Z]/.test(path)) return `the path must be in lower case: ${path.toLowerCase()}`
  return `${path} is no repository path`
}

function invalid(text: string, reason: string): ChartroomError {
  if (/^(?:oci:\/\/)?[^/@]*:[^/]*@/.test(text)) return withLogin()
  const shown = text.length > 200 ? `${text.slice(0, 200)}...` : text
  return new ChartroomError('USAGE', `${shown} is not a reference: ${reason}`, {
    hint: 'Write oci://HOST/PATH/NAME, with :TAG or @sha256:DIGEST behind it where one is meant.',
  })
}

// Neither the text nor a part of it is repeated: it holds a password.
function withLogin(): ChartroomError {
  return new ChartroomError('USAGE', 'a reference holds no user name and password', {
    hint: 'Log in with chartroom login HOST, or give --username and --password-stdin.',
  })
}

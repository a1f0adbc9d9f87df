import { ChartroomError } from '@chartroom/errors'
import type { Digest } from './descriptor.ts'

/** `HOST[:PORT]/REPOSITORY[:TAG][@DIGEST]` (OCI distribution-spec, Pulling manifests). */
export interface Reference {
  readonly registry: string
  readonly repository: string
  readonly tag?: string | undefined
  readonly digest?: Digest | undefined
}

const host = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/
const repository = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const tag = /^\w[\w.-]{0,127}$/
const digest = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/
const dockerHub = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])

/** Reads a reference with or without `oci://`; a `+` in the tag is read as `_`. Throws `USAGE`. */
export function parseReference(text: string): Reference {
  const plain = text.replace(/^oci:\/\//, '')
  const slash = plain.indexOf('/')
  if (plain.length > 2048 || slash < 1) throw invalid(text, 'it has no host and path')
  const registry = plain.slice(0, slash)
  const [rest, wantedDigest] = splitLast(plain.slice(slash + 1), '@')
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1)
  const path = colon < 0 ? rest : rest.slice(0, colon)
  const wantedTag = colon < 0 ? undefined : rest.slice(colon + 1).replaceAll('+', '_')
  if (!host.test(registry)) throw invalid(text, `${registry} is no host`)
  if (!repository.test(path)) throw invalid(text, repositoryReason(path))
  if (wantedTag !== undefined && !tag.test(wantedTag)) throw invalid(text, `${wantedTag} is no tag`)
  if (wantedDigest !== undefined && !digest.test(wantedDigest))
    throw invalid(text, `${wantedDigest} is no digest`)
  return {
    registry: dockerHub.has(registry) ? 'registry-1.docker.io' : registry,
    repository: path,
    ...(wantedTag === undefined ? {} : { tag: wantedTag }),
    ...(wantedDigest === undefined ? {} : { digest: wantedDigest as Digest }),
  }
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

export function isDigest(text: string): text is Digest {
  return digest.test(text)
}

function splitLast(text: string, separator: string): [string, string | undefined] {
  const at = text.lastIndexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function repositoryReason(path: string): string {
  if (/[A-Z]/.test(path)) return `the path must be in lower case: ${path.toLowerCase()}`
  return path === '' ? 'it has no path' : `${path} is no repository path`
}

function invalid(text: string, reason: string): ChartroomError {
  return new ChartroomError('USAGE', `${text} is not a reference: ${reason}`, {
    hint: 'Write oci://HOST/PATH/NAME, with :TAG or @sha256:DIGEST behind it where one is meant.',
  })
}

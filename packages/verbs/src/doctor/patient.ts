import { ChartroomError } from '@chartroom/errors'
import type { Digest, Origin } from '@chartroom/oci'
import { parseReference, proxyOf } from '@chartroom/oci'
import type { Connections } from '../connection.ts'

/** What is examined: a registry and, where named, a repository and a version in it. */
export interface Patient {
  readonly connections: Connections
  readonly origin: Origin
  /** Of `/v2/`. */
  readonly url: URL
  readonly proxy: URL | undefined
  readonly repository: string | undefined
  readonly tag: string | undefined
  readonly digest: Digest | undefined
}

/** Reads `HOST`, `HOST/PATH[:TAG][@DIGEST]`, with `oci://` or without. Throws `USAGE`. */
export async function patientOf(connections: Connections, text: string): Promise<Patient> {
  if (/^https?:\/\//.test(text)) {
    throw new ChartroomError('USAGE', `${text} is not an address of a registry`, {
      hint: 'Write HOST or oci://HOST/PATH/NAME. A classic repository is tried with chartroom repo add.',
    })
  }
  const plain = text.replace(/^oci:\/\//, '').replace(/\/+$/, '')
  const isHost = !plain.includes('/')
  // A host alone is read as the host of some repository.
  const reference = parseReference(isHost ? `${plain}/x` : plain)
  const origin = connections.originOf(reference.registry)
  const url = new URL(`${origin.scheme}://${origin.host}/v2/`)
  return {
    connections,
    origin,
    url,
    proxy: await proxyOf(url, connections.environment.env),
    repository: isHost ? undefined : reference.repository,
    tag: reference.tag,
    digest: reference.digest,
  }
}

/** As a person would write it. */
export function nameOf({ origin, repository, tag, digest }: Patient): string {
  if (repository === undefined) return origin.host
  const version = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
  return `oci://${origin.host}/${repository}${version}`
}

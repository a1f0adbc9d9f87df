import { ChartroomError } from '@chartroom/errors'
import type { ChartPlace, Reader } from '@chartroom/gitops'
import { classicUrl, isDockerHub } from '@chartroom/gitops'
import { parseReference, registryHost } from '@chartroom/oci'

/** What `--registry` names. */
export interface RegistryArgument {
  /** With the port, where it has one. */
  readonly host: string
  /** `HOST`, `HOST/PATH`, or the URL of a classic repository. */
  readonly address: string
  readonly isClassic: boolean
  readonly place: ChartPlace
}

/** Reads `HOST`, `HOST/PATH` and, for readers that know classic repositories, `https://HOST/PATH`. Throws `USAGE`. */
export function registryArgument(text: string | undefined, reader: Reader): RegistryArgument {
  if (text === undefined)
    throw usage('--registry is missing', 'Write --registry HOST, such as ghcr.io, or HOST/PATH.')
  if (/^https?:\/\//.test(text)) return classic(text, reader)
  const [host = '', ...path] = text
    .replace(/^oci:\/\//, '')
    .replace(/\/+$/, '')
    .split('/')
  // The path is only there so that the host is read by the same rules as in a reference.
  const reference = parseReference(`${host}/${path.length === 0 ? 'x' : path.join('/')}`)
  if (reference.tag !== undefined || reference.digest !== undefined)
    throw usage('--registry holds a tag or a digest', 'Write HOST or HOST/PATH.')
  const name = registryHost(host)
  if (isDockerHub(name) && path.length > 0 && reader === 'kubelet') {
    throw usage('a login for a path of Docker Hub is not found by the kubelet', 'Write --registry docker.io.')
  }
  const repository = path.join('/')
  return {
    host: name,
    address: repository === '' ? name : `${name}/${repository}`,
    isClassic: false,
    place: { kind: 'oci', host: name, repository, plainHttp: false },
  }
}

function classic(text: string, reader: Reader): RegistryArgument {
  if (reader === 'kubelet')
    throw usage('--registry takes HOST or HOST/PATH, and no scheme', 'Leave https:// out.')
  const url = classicUrl(text)
  return {
    host: new URL(url).host,
    address: url,
    isClassic: true,
    place: { kind: 'classic', url, chart: '' },
  }
}

function usage(message: string, hint: string): ChartroomError {
  return new ChartroomError('USAGE', message, { hint })
}

import { ChartroomError, hasCode } from '@chartroom/errors'
import type { ChartPlace, Reader } from '@chartroom/gitops'
import { classicUrl, isDockerHub } from '@chartroom/gitops'
import type { Reference } from '@chartroom/oci'
import { parseReference, registryHost } from '@chartroom/oci'

const form = 'Write --registry HOST, such as ghcr.io, or HOST/PATH.'

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
  if (text === undefined) throw usage('--registry is missing', form)
  if (/^https?:\/\//.test(text)) return classic(text, reader)
  const [host = '', ...path] = text
    .replace(/^oci:\/\//, '')
    .replace(/\/+$/, '')
    .split('/')
  const repository = path.join('/')
  const reference = readAddress(host, repository)
  if (reference.tag !== undefined || reference.digest !== undefined)
    throw usage('--registry holds a tag or a digest', 'Write HOST or HOST/PATH.')
  const name = registryHost(host)
  if (isDockerHub(name) && path.length > 0 && reader === 'kubelet') {
    throw usage('a login for a path of Docker Hub is not found by the kubelet', 'Write --registry docker.io.')
  }
  return {
    host: name,
    address: repository === '' ? name : `${name}/${repository}`,
    isClassic: false,
    place: { kind: 'oci', host: name, repository, plainHttp: false },
  }
}

function readAddress(host: string, path: string): Reference {
  try {
    // A path is always there, so that the host is read by the same rules as in a reference.
    return parseReference(`${host}/${path === '' ? 'x' : path}`)
  } catch (error) {
    if (!hasCode(error, 'USAGE') || host.includes('@')) throw error
    throw usage(path === '' ? `--registry ${JSON.stringify(host)} is no host` : error.message, form)
  }
}

function classic(text: string, reader: Reader): RegistryArgument {
  if (reader === 'kubelet')
    throw usage('--registry takes HOST or HOST/PATH, and no scheme', 'Leave https:// out.')
  const url = classicUrl('--registry', text)
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

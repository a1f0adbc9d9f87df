import { base64 } from '@chartroom/go'
import type { KubernetesObject } from '../object.ts'
import type { Credential } from './credential.ts'
import { checkCredential } from './credential.ts'
import { secretObject } from './secret-object.ts'

export interface DockerConfigOptions {
  readonly name: string
  readonly namespace: string
  /** `HOST[:PORT]`, or `HOST[:PORT]/PATH` for a login that counts below it alone. */
  readonly registry: string
  readonly credential: Credential
  /** `flux` asks for Docker Hub by the name in its URL, the kubelet by Docker's old address. */
  readonly reader: 'kubelet' | 'flux'
}

const dockerHub = /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com)$/

/** The Secret of type `kubernetes.io/dockerconfigjson` that kubelet and Flux read. */
export function dockerConfigSecret({
  name,
  namespace,
  registry,
  credential,
  reader,
}: DockerConfigOptions): KubernetesObject {
  const { username, password } = checkCredential(credential)
  const entry = { username, password, auth: base64(new TextEncoder().encode(`${username}:${password}`)) }
  const auths = Object.fromEntries(keysOf(registry, reader).map((key) => [key, entry]))
  return secretObject({
    name,
    namespace,
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': JSON.stringify({ auths }) },
  })
}

function keysOf(registry: string, reader: 'kubelet' | 'flux'): string[] {
  if (!isDockerHub(registry)) return [registry]
  const old = 'https://index.docker.io/v1/'
  return reader === 'flux' ? [old, 'registry-1.docker.io'] : [old]
}

/** True for each of the names of Docker Hub, with or without a path. */
export function isDockerHub(registry: string): boolean {
  return dockerHub.test(registry.split('/', 1)[0] ?? '')
}

import type { KubernetesObject } from '../object.ts'
import type { Credential } from './credential.ts'
import { checkCredential } from './credential.ts'
import { secretObject } from './secret-object.ts'

export interface BasicAuthOptions {
  readonly name: string
  readonly namespace: string
  readonly credential: Credential
}

/** The Secret with `username` and `password` that Flux reads for a HelmRepository. */
export function basicAuthSecret({ name, namespace, credential }: BasicAuthOptions): KubernetesObject {
  return secretObject({ name, namespace, type: 'Opaque', data: checkCredential(credential) })
}

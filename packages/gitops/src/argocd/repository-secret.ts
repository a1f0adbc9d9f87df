import type { Credential } from '../secret/credential.ts'
import { checkCredential } from '../secret/credential.ts'
import { secretObject } from '../secret/secret-object.ts'
import type { KubernetesObject } from '../object.ts'
import type { ArgoCdForm } from './source.ts'

export interface ArgoCdSecretOptions {
  readonly name: string
  /** Where Argo CD runs; it reads Secrets of no other namespace. */
  readonly namespace: string
  /** One repository, or all whose addresses begin with this one. */
  readonly scope: 'repository' | 'repo-creds'
  /** The address as Applications have it, see `repositoryUrl`. */
  readonly url: string
  readonly form: ArgoCdForm
  readonly plainHttp?: boolean | undefined
  /** Left out for a repository that is read without a login, but over HTTP. */
  readonly credential?: Credential | undefined
}

/** The Secret that Argo CD finds a repository's login in. Source: docs/operator-manual/declarative-setup.md of v3.4.0. */
export function argoCdRepositorySecret(options: ArgoCdSecretOptions): KubernetesObject {
  const { name, namespace, scope, url, form, plainHttp = false, credential } = options
  const isRegistry = !/^https?:/.test(url)
  return secretObject({
    name,
    namespace,
    type: 'Opaque',
    labels: { 'argocd.argoproj.io/secret-type': scope },
    data: {
      type: form === 'oci' ? 'oci' : 'helm',
      url,
      ...(scope === 'repository' ? { name } : {}),
      ...(form === 'classic' && isRegistry ? { enableOCI: 'true' } : {}),
      ...(plainHttp && isRegistry ? { insecureOCIForceHttp: 'true' } : {}),
      ...(credential === undefined ? {} : checkCredential(credential)),
    },
  })
}

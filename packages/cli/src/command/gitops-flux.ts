import type { FluxProvider, KubernetesObject } from '@chartroom/gitops'
import {
  basicAuthSecret,
  chartName,
  dockerConfigSecret,
  fluxNamespace,
  fluxObjects,
  objectName,
} from '@chartroom/gitops'
import type { GitopsRequest, GivenLogin } from '../gitops-request.ts'
import { gitopsRequest, loginFor } from '../gitops-request.ts'
import type { Invocation } from '../invocation.ts'
import { printObjects } from '../objects-output.ts'

const certificates =
  'Flux trusts a certificate authority of yours by a Secret with ca.crt, which spec.certSecretRef of the source names.'

export async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation
  const request = await gitopsRequest(invocation, certificates)
  const { place, revision, values, namespace, connections } = request
  const name = objectName(flags.text('name'), chartName(place))
  const login = flags.has('secret') ? await loginFor(connections, place, 'flux') : undefined
  const secretName = flags.text('secret-name') ?? (login === undefined ? undefined : `${name}-login`)
  const fluxNamespaceFlag = flags.text('flux-namespace')
  const { objects, notes } = fluxObjects({
    place,
    revision,
    values,
    name,
    namespace,
    fluxNamespace: fluxNamespaceFlag,
    secretName,
    releaseName: flags.text('release-name'),
    version: flags.text('flux-version'),
    helmRepository: flags.has('helm-repository'),
    interval: flags.text('interval'),
    provider: flags.text('provider') as FluxProvider | undefined,
  })
  const secrets =
    login === undefined || secretName === undefined
      ? []
      : [
          secretOf(request, login, {
            name: secretName,
            namespace: fluxNamespace({ fluxNamespace: fluxNamespaceFlag }),
          }),
        ]
  printObjects(invocation, [...secrets, ...objects], [...notes, ...request.notes, ...(login?.notes ?? [])])
}

function secretOf(
  { place }: GitopsRequest,
  { credential }: GivenLogin,
  metadata: { readonly name: string; readonly namespace: string },
): KubernetesObject {
  if (place.kind === 'classic') return basicAuthSecret({ ...metadata, credential })
  return dockerConfigSecret({ ...metadata, credential, registry: place.host, reader: 'flux' })
}

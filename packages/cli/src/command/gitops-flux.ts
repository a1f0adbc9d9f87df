import type { ChartPlace, FluxProvider, KubernetesObject } from '@chartroom/gitops'
import { basicAuthSecret, dockerConfigSecret, fluxNamespace, fluxObjects } from '@chartroom/gitops'
import type { GivenLogin } from '../gitops-request.ts'
import { gitopsRequest, loginFor } from '../gitops-request.ts'
import type { Invocation } from '../invocation.ts'
import { printObjects } from '../objects-output.ts'

const certificates =
  'Flux trusts a certificate authority of yours by a Secret with ca.crt, which spec.certSecretRef of the source names.'

export async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation
  const request = await gitopsRequest(invocation, certificates)
  const { release, connections } = request
  const { place, name } = release
  const login = flags.has('secret') ? await loginFor(connections, place, 'flux') : undefined
  const secretName = flags.text('secret-name') ?? (login === undefined ? undefined : `${name}-login`)
  const fluxNamespaceFlag = flags.text('flux-namespace')
  const { objects, notes } = fluxObjects({
    ...release,
    fluxNamespace: fluxNamespaceFlag,
    secretName,
    version: flags.text('flux-version'),
    helmRepository: flags.has('helm-repository'),
    interval: flags.text('interval'),
    provider: flags.text('provider') as FluxProvider | undefined,
  })
  const secrets =
    login === undefined || secretName === undefined
      ? []
      : [
          secretOf(place, login, {
            name: secretName,
            namespace: fluxNamespace({ fluxNamespace: fluxNamespaceFlag }),
          }),
        ]
  printObjects(invocation, [...secrets, ...objects], [...notes, ...request.notes, ...(login?.notes ?? [])])
}

function secretOf(
  place: ChartPlace,
  { credential }: GivenLogin,
  metadata: { readonly name: string; readonly namespace: string },
): KubernetesObject {
  if (place.kind === 'classic') return basicAuthSecret({ ...metadata, credential })
  return dockerConfigSecret({ ...metadata, credential, registry: place.host, reader: 'flux' })
}

import type { Reader } from '@chartroom/gitops'
import type { RegistryArgument } from './registry-argument.ts'

interface Noted {
  readonly name: string
  readonly namespace: string
  readonly registry: RegistryArgument
}

/** How the Secret is used, and who does not read it. */
export function usageNotes(reader: Reader, { name, namespace, registry }: Noted): string[] {
  if (reader === 'kubelet') {
    return [
      `Pods in ${namespace} pull images with it once they name it: --set imagePullSecrets[0].name=${name} where the chart has that value, or for all pods of a ServiceAccount: kubectl patch serviceaccount default -n ${namespace} -p '{"imagePullSecrets":[{"name":"${name}"}]}'`,
      'It serves the kubelet alone: helm, Argo CD and Flux fetch charts with logins of their own.',
    ]
  }
  if (reader === 'argocd') {
    return [
      `Argo CD uses it for Applications whose repoURL begins with this address, and reads it in its own namespace alone, which is taken to be ${namespace}.`,
    ]
  }
  const kind = registry.isClassic ? 'a HelmRepository' : 'an OCIRepository or HelmRepository'
  return [`Flux uses it for ${kind} in ${namespace} with spec.secretRef.name: ${name}.`]
}

import { base64 } from '@chartroom/go'
import { checkName } from '../name.ts'
import type { KubernetesObject } from '../object.ts'

export interface SecretParts {
  readonly name: string
  readonly namespace: string
  readonly type: 'Opaque' | 'kubernetes.io/dockerconfigjson'
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** In the open. */
  readonly data: Readonly<Record<string, string>>
}

/** A Secret; its data are in base64, which `kubectl diff` and server-side apply deal with better than `stringData`. */
export function secretObject({ name, namespace, type, labels, data }: SecretParts): KubernetesObject {
  const encoder = new TextEncoder()
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: checkName('--name', name),
      namespace: checkName('--namespace', namespace),
      labels,
    },
    type,
    data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(encoder.encode(text))])),
  }
}

import { password } from '../connections/site.ts'
import type { KubeObject } from './objects.ts'

/** A pull secret that is not of our making: keys of `auths`, with the user of each. */
export function pullSecret(
  name: string,
  auths: Readonly<Record<string, string>>,
  namespace = 'default',
): KubeObject {
  const users = Object.entries(auths).map(([key, user]) => [key, { username: user, password }])
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: 'kubernetes.io/dockerconfigjson',
    data: {
      '.dockerconfigjson': Buffer.from(JSON.stringify({ auths: Object.fromEntries(users) })).toString(
        'base64',
      ),
    },
  }
}

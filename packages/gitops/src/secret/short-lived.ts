import type { Credential } from './credential.ts'

export type Reader = 'kubelet' | 'argocd' | 'flux'

interface Kind {
  readonly hours: number
  readonly isOf: (host: string, credential: Credential) => boolean
  readonly instead: Readonly<Record<Reader, string>>
}

/** Logins that vendors give for hours. Source: their documents, as in docs/logins.md. */
const kinds: readonly Kind[] = [
  {
    hours: 12,
    isOf: (host, { username }) =>
      username === 'AWS' && /(\.dkr[.-]ecr[.-]|^public\.ecr\.aws$|^ecr-public\.aws\.com$)/.test(host),
    instead: {
      kubelet: "the role of the nodes, or the kubelet's credential provider for ECR, which need no Secret",
      argocd: 'a job that renews the Secret, such as the ECRAuthorizationToken generator of External Secrets',
      flux: 'provider: aws with a role for source-controller, which needs no Secret',
    },
  },
  {
    hours: 1,
    isOf: (host, { username }) =>
      username === 'oauth2accesstoken' && /(^|\.)gcr\.io$|-docker\.pkg\.dev$/.test(host),
    instead: {
      kubelet: 'the service account of the nodes with roles/artifactregistry.reader, which needs no Secret',
      argocd: 'the key of a service account (user _json_key), or a job that renews the Secret',
      flux: 'provider: gcp with Workload Identity, which needs no Secret',
    },
  },
  {
    hours: 3,
    isOf: (host, { username }) =>
      /\.azurecr\.(io|cn|de|us)$/.test(host) && username === '00000000-0000-0000-0000-000000000000',
    instead: {
      kubelet: "AcrPull for the kubelet's identity, which needs no Secret",
      argocd: 'a token of the registry with a password (az acr token create), or useAzureWorkloadIdentity',
      flux: 'provider: azure with Workload Identity, which needs no Secret',
    },
  },
  {
    hours: 24,
    isOf: (host, { password }) => host === 'ghcr.io' && password.reveal().startsWith('ghs_'),
    instead: {
      kubelet: 'a personal access token with read:packages',
      argocd: 'a personal access token with read:packages',
      flux: 'a personal access token with read:packages',
    },
  },
]

/** A sentence on a login that ends by itself, and what to use in its place; undefined for one that lasts. */
export function shortLived(host: string, credential: Credential, reader: Reader): string | undefined {
  const name = host.split(/[:/]/, 1)[0] ?? host
  const kind = kinds.find(({ isOf }) => isOf(name, credential))
  if (kind === undefined) return undefined
  const end = kind.hours === 1 ? 'an hour' : `${kind.hours} hours`
  return `This login of ${name} ends within ${end}, and nobody renews the Secret: use ${kind.instead[reader]}.`
}

import { compareBytes } from '@chartroom/go'

/** The kinds in the order that Helm 4 installs them; others come last, by name. */
const installOrder: readonly string[] = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
]

const ranks = new Map(installOrder.map((kind, rank) => [kind, rank]))

/** Sorts by kind, in the order of installing; equal ones stay as they stand. */
export function sortByKind<T>(items: readonly T[], kindOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, kind: kindOf(item) }))
    .sort((a, b) => compareKinds(a.kind, b.kind))
    .map(({ item }) => item)
}

function compareKinds(a: string, b: string): number {
  const [first, second] = [ranks.get(a), ranks.get(b)]
  if (first === undefined && second === undefined) return compareBytes(a, b)
  if (first === undefined || second === undefined) return first === undefined ? 1 : -1
  return first - second
}

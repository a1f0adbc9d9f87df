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

/** Helm 3 knows them as little as other kinds. */
const newInHelm4 = new Set(['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'])

/** Sorts by kind, in the order of installing; equal ones stay as they stand. */
export function sortByKind<T>(items: readonly T[], kindOf: (item: T) => string, asHelm3 = false): T[] {
  return items
    .map((item) => {
      const kind = kindOf(item)
      const rank = asHelm3 && newInHelm4.has(kind) ? last : (ranks.get(kind) ?? last)
      return { item, kind, rank }
    })
    .sort((a, b) => a.rank - b.rank || (a.rank === last ? compareBytes(a.kind, b.kind) : 0))
    .map(({ item }) => item)
}

const last = installOrder.length

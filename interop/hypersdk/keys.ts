/** One values key of the old chart, with another value, and what else must be set for it to show. */
export interface Key {
  readonly path: string
  readonly value: unknown
  /** Further settings, by dotted path. */
  readonly with?: Readonly<Record<string, unknown>>
  /** `KIND/NAME` of an object that changes; `NOTES` where only the notes do. */
  readonly changes: string
}

const deployment = 'Deployment/hypersdk'
const config = 'ConfigMap/hypersdk'
const external = { 'externalService.enabled': true }
const ingress = { 'ingress.enabled': true }
const route = { 'route.enabled': true }
const scc = { 'openshift.scc.enabled': true }
const hpa = { 'autoscaling.enabled': true }
const monitor = { 'monitoring.serviceMonitor.enabled': true }
const rule = { 'monitoring.prometheusRule.enabled': true }
const policy = { 'networkPolicy.enabled': true }
const vsphere = {
  'credentials.vsphere.enabled': true,
  'credentials.vsphere.url': 'https://vc/sdk',
  'credentials.vsphere.username': 'u',
  'credentials.vsphere.password': 'p',
}
const aws = {
  'credentials.aws.enabled': true,
  'credentials.aws.accessKeyId': 'id',
  'credentials.aws.secretAccessKey': 'key',
}
const azure = {
  'credentials.azure.enabled': true,
  'credentials.azure.subscriptionId': 's',
  'credentials.azure.tenantId': 't',
  'credentials.azure.clientId': 'c',
  'credentials.azure.clientSecret': 'x',
}
const gcp = {
  'credentials.gcp.enabled': true,
  'credentials.gcp.projectId': 'p',
  'credentials.gcp.serviceAccountJSON': '{}',
}

function probe(name: string): Key[] {
  return [
    { path: `${name}.httpGet.path`, value: '/other', changes: deployment },
    { path: `${name}.httpGet.port`, value: 'metrics', changes: deployment },
    ...['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'].map(
      (field): Key => ({ path: `${name}.${field}`, value: 77, changes: deployment }),
    ),
  ]
}

function volume(name: string): Key[] {
  const claim = `PersistentVolumeClaim/hypersdk-${name}`
  return [
    { path: `persistence.${name}.enabled`, value: false, changes: claim },
    { path: `persistence.${name}.storageClass`, value: 'fast', changes: claim },
    { path: `persistence.${name}.accessMode`, value: 'ReadWriteMany', changes: claim },
    { path: `persistence.${name}.size`, value: '77Gi', changes: claim },
    { path: `persistence.${name}.annotations`, value: { a: 'b' }, changes: claim },
  ]
}

/** The 149 leaf keys of the old chart, in the order of its values.yaml. */
export const keys: readonly Key[] = [
  { path: 'replicaCount', value: 2, changes: deployment },
  { path: 'image.repository', value: 'example.com/other', changes: deployment },
  { path: 'image.pullPolicy', value: 'Always', changes: deployment },
  { path: 'image.tag', value: '9.9', changes: deployment },
  { path: 'imagePullSecrets', value: [{ name: 'pull' }], changes: deployment },
  { path: 'nameOverride', value: 'other', changes: 'Deployment/hypersdk-other' },
  { path: 'fullnameOverride', value: 'other', changes: 'Deployment/other' },
  { path: 'serviceAccount.create', value: false, changes: 'ServiceAccount/hypersdk' },
  { path: 'serviceAccount.annotations', value: { a: 'b' }, changes: 'ServiceAccount/hypersdk' },
  { path: 'serviceAccount.name', value: 'other', changes: 'ServiceAccount/other' },
  ...['prometheus.io/scrape', 'prometheus.io/port', 'prometheus.io/path'].map(
    (name): Key => ({
      path: `podAnnotations.${name.replaceAll('.', '\\.')}`,
      value: 'other',
      changes: deployment,
    }),
  ),
  { path: 'podSecurityContext.runAsNonRoot', value: false, changes: deployment },
  { path: 'podSecurityContext.runAsUser', value: 77, changes: deployment },
  { path: 'podSecurityContext.runAsGroup', value: 77, changes: deployment },
  { path: 'podSecurityContext.fsGroup', value: 77, changes: deployment },
  { path: 'securityContext.capabilities.drop', value: ['NET_RAW'], changes: deployment },
  { path: 'securityContext.readOnlyRootFilesystem', value: true, changes: deployment },
  { path: 'securityContext.allowPrivilegeEscalation', value: true, changes: deployment },
  { path: 'service.type', value: 'NodePort', changes: 'Service/hypersdk' },
  { path: 'service.port', value: 77, changes: 'Service/hypersdk' },
  { path: 'service.metricsPort', value: 77, changes: 'Service/hypersdk' },
  { path: 'service.annotations', value: { a: 'b' }, changes: 'Service/hypersdk' },
  { path: 'externalService.enabled', value: true, changes: 'Service/hypersdk-external' },
  { path: 'externalService.type', value: 'NodePort', with: external, changes: 'Service/hypersdk-external' },
  { path: 'externalService.port', value: 77, with: external, changes: 'Service/hypersdk-external' },
  {
    path: 'externalService.annotations',
    value: { a: 'b' },
    with: external,
    changes: 'Service/hypersdk-external',
  },
  { path: 'ingress.enabled', value: true, changes: 'Ingress/hypersdk' },
  { path: 'ingress.className', value: 'other', with: ingress, changes: 'Ingress/hypersdk' },
  { path: 'ingress.annotations', value: { a: 'b' }, with: ingress, changes: 'Ingress/hypersdk' },
  {
    path: 'ingress.hosts',
    value: [{ host: 'other', paths: [{ path: '/x', pathType: 'Exact' }] }],
    with: ingress,
    changes: 'Ingress/hypersdk',
  },
  {
    path: 'ingress.tls',
    value: [{ secretName: 's', hosts: ['h'] }],
    with: ingress,
    changes: 'Ingress/hypersdk',
  },
  { path: 'route.enabled', value: true, changes: 'Route/hypersdk' },
  { path: 'route.host', value: 'other', with: route, changes: 'Route/hypersdk' },
  { path: 'route.path', value: '/x', with: route, changes: 'Route/hypersdk' },
  { path: 'route.annotations', value: { a: 'b' }, with: route, changes: 'Route/hypersdk' },
  { path: 'route.wildcardPolicy', value: 'Subdomain', with: route, changes: 'Route/hypersdk' },
  { path: 'route.tls.termination', value: 'reencrypt', with: route, changes: 'Route/hypersdk' },
  { path: 'route.tls.insecureEdgeTerminationPolicy', value: 'None', with: route, changes: 'Route/hypersdk' },
  { path: 'openshift.enabled', value: true, changes: 'NOTES' },
  { path: 'openshift.scc.enabled', value: true, changes: 'SecurityContextConstraints' },
  { path: 'openshift.scc.annotations', value: { a: 'b' }, with: scc, changes: 'SecurityContextConstraints' },
  ...['requests.memory', 'requests.cpu', 'limits.memory', 'limits.cpu'].map(
    (field): Key => ({ path: `resources.${field}`, value: '77', changes: deployment }),
  ),
  { path: 'autoscaling.enabled', value: true, changes: 'HorizontalPodAutoscaler/hypersdk' },
  ...[
    'minReplicas',
    'maxReplicas',
    'targetCPUUtilizationPercentage',
    'targetMemoryUtilizationPercentage',
  ].map(
    (field): Key => ({
      path: `autoscaling.${field}`,
      value: 7,
      with: hpa,
      changes: 'HorizontalPodAutoscaler/hypersdk',
    }),
  ),
  { path: 'nodeSelector', value: { a: 'b' }, changes: deployment },
  { path: 'tolerations', value: [{ key: 'a', operator: 'Exists' }], changes: deployment },
  { path: 'affinity', value: { nodeAffinity: {} }, changes: deployment },
  { path: 'topologySpreadConstraints', value: [{ maxSkew: 1 }], changes: deployment },
  { path: 'priorityClassName', value: 'high', changes: deployment },
  { path: 'podDisruptionBudget.enabled', value: true, changes: 'PodDisruptionBudget/hypersdk' },
  {
    path: 'podDisruptionBudget.minAvailable',
    value: '50%',
    with: { 'podDisruptionBudget.enabled': true },
    changes: 'PodDisruptionBudget/hypersdk',
  },
  ...volume('data'),
  ...volume('exports'),
  { path: 'config.logLevel', value: 'debug', changes: deployment },
  { path: 'config.logFormat', value: 'text', changes: deployment },
  { path: 'config.daemonAddr', value: '0.0.0.0:7070', changes: deployment },
  { path: 'config.metricsAddr', value: '0.0.0.0:7071', changes: deployment },
  { path: 'config.databasePath', value: '/data/other.db', changes: deployment },
  { path: 'config.databaseType', value: 'postgres', with: { replicaCount: 2 }, changes: deployment },
  { path: 'config.downloadWorkers', value: 7, changes: deployment },
  { path: 'config.chunkSize', value: 67108864, changes: deployment },
  { path: 'config.retryAttempts', value: 7, changes: deployment },
  { path: 'config.retryDelay', value: '7s', changes: config },
  { path: 'config.scheduler.enabled', value: false, changes: config },
  { path: 'config.scheduler.timezone', value: 'Europe/Berlin', changes: config },
  { path: 'config.scheduler.maxConcurrentJobs', value: 7, changes: config },
  { path: 'config.webhooks', value: [{ url: 'https://x', events: ['a'] }], changes: config },
  { path: 'config.rateLimiting.enabled', value: false, changes: config },
  { path: 'config.rateLimiting.requestsPerMinute', value: 7, changes: config },
  { path: 'config.rateLimiting.burst', value: 7, changes: config },
  { path: 'config.security.enableTLS', value: true, changes: config },
  { path: 'config.audit.enabled', value: false, changes: config },
  { path: 'config.audit.logPath', value: '/var/log/other/a.log', changes: config },
  { path: 'config.audit.maxSize', value: 7, changes: config },
  { path: 'config.audit.maxBackups', value: 7, changes: config },
  { path: 'config.audit.maxAge', value: 7, changes: config },
  { path: 'credentials.vsphere.enabled', value: true, with: vsphere, changes: 'Secret/hypersdk-vsphere' },
  ...['url', 'username', 'password', 'insecure'].map(
    (field): Key => ({
      path: `credentials.vsphere.${field}`,
      value: 'other',
      with: vsphere,
      changes: 'Secret/hypersdk-vsphere',
    }),
  ),
  { path: 'credentials.vsphere.existingSecret', value: 'mine', with: vsphere, changes: deployment },
  { path: 'credentials.aws.enabled', value: true, with: aws, changes: 'Secret/hypersdk-aws' },
  ...['accessKeyId', 'secretAccessKey', 'region'].map(
    (field): Key => ({
      path: `credentials.aws.${field}`,
      value: 'other',
      with: aws,
      changes: 'Secret/hypersdk-aws',
    }),
  ),
  { path: 'credentials.aws.existingSecret', value: 'mine', with: aws, changes: deployment },
  { path: 'credentials.azure.enabled', value: true, with: azure, changes: 'Secret/hypersdk-azure' },
  ...['subscriptionId', 'tenantId', 'clientId', 'clientSecret'].map(
    (field): Key => ({
      path: `credentials.azure.${field}`,
      value: 'other',
      with: azure,
      changes: 'Secret/hypersdk-azure',
    }),
  ),
  { path: 'credentials.azure.existingSecret', value: 'mine', with: azure, changes: deployment },
  { path: 'credentials.gcp.enabled', value: true, with: gcp, changes: 'Secret/hypersdk-gcp' },
  ...['projectId', 'serviceAccountJSON'].map(
    (field): Key => ({
      path: `credentials.gcp.${field}`,
      value: 'other',
      with: gcp,
      changes: 'Secret/hypersdk-gcp',
    }),
  ),
  { path: 'credentials.gcp.existingSecret', value: 'mine', with: gcp, changes: deployment },
  { path: 'monitoring.serviceMonitor.enabled', value: true, changes: 'ServiceMonitor/hypersdk' },
  {
    path: 'monitoring.serviceMonitor.interval',
    value: '77s',
    with: monitor,
    changes: 'ServiceMonitor/hypersdk',
  },
  {
    path: 'monitoring.serviceMonitor.scrapeTimeout',
    value: '7s',
    with: monitor,
    changes: 'ServiceMonitor/hypersdk',
  },
  {
    path: 'monitoring.serviceMonitor.labels',
    value: { a: 'b' },
    with: monitor,
    changes: 'ServiceMonitor/hypersdk',
  },
  { path: 'monitoring.prometheusRule.enabled', value: true, changes: 'PrometheusRule/hypersdk' },
  {
    path: 'monitoring.prometheusRule.labels',
    value: { a: 'b' },
    with: rule,
    changes: 'PrometheusRule/hypersdk',
  },
  {
    path: 'monitoring.prometheusRule.rules',
    value: [{ alert: 'Mine', expr: 'up == 0' }],
    with: rule,
    changes: 'PrometheusRule/hypersdk',
  },
  { path: 'networkPolicy.enabled', value: true, changes: 'NetworkPolicy/hypersdk' },
  { path: 'networkPolicy.policyTypes', value: ['Ingress'], with: policy, changes: 'NetworkPolicy/hypersdk' },
  { path: 'networkPolicy.ingress', value: [{}], with: policy, changes: 'NetworkPolicy/hypersdk' },
  { path: 'networkPolicy.egress', value: [{}], with: policy, changes: 'NetworkPolicy/hypersdk' },
  { path: 'initContainers', value: [{ name: 'mine', image: 'busybox' }], changes: deployment },
  { path: 'extraEnv', value: [{ name: 'A', value: 'b' }], changes: deployment },
  { path: 'extraVolumes', value: [{ name: 'v', emptyDir: {} }], changes: deployment },
  { path: 'extraVolumeMounts', value: [{ name: 'data', mountPath: '/x' }], changes: deployment },
  ...probe('livenessProbe'),
  ...probe('readinessProbe'),
  ...probe('startupProbe'),
]

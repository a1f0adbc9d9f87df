import type { CommandSpec } from './command-table.ts'
import type { FlagSpec } from './flag.ts'
import { connectionFlags } from './flag.ts'
import { valuesFlags } from './values-flags.ts'

const objectsFlag: FlagSpec = {
  flags: '-o, --output <format>',
  description: 'print the objects as yaml or json',
  choices: ['yaml', 'json'],
}

const referenceFlags: readonly FlagSpec[] = [
  {
    flags: '--version <version>',
    description: 'version or range, resolved and pinned now; default: the newest stable one',
  },
  { flags: '--digest <digest>', description: 'digest of the manifest; no registry is asked then' },
  { flags: '--range <range>', description: 'range that the tool follows by itself, such as ^1.2' },
  { flags: '--offline', description: 'ask no registry: the version is written as it stands' },
  { flags: '--repo <url>', description: 'classic repository that the chart name is looked up in' },
  { flags: '--name <name>', description: "name of the objects and the release (default: the chart's)" },
  { flags: '--release-name <name>', description: 'name of the release, where it is another one' },
  {
    flags: '-n, --namespace <name>',
    description: 'namespace that the chart is installed in (default: default)',
  },
  { flags: '--secret', description: 'write the Secret with the login of the registry too' },
  ...valuesFlags,
]

const argoCdFlags: readonly FlagSpec[] = [
  { flags: '--argocd-version <version>', description: 'version of Argo CD (default: 3.4)' },
  { flags: '--argocd-namespace <name>', description: 'namespace that Argo CD runs in (default: argocd)' },
  {
    flags: '--form <form>',
    description: 'oci (Argo CD 3.1 and newer, can be pinned by digest) or classic',
    choices: ['oci', 'classic'],
  },
]

const fluxFlags: readonly FlagSpec[] = [
  { flags: '--flux-version <version>', description: 'version of Flux (default: 2.9)' },
  { flags: '--flux-namespace <name>', description: 'namespace of the objects (default: flux-system)' },
]

const secretNameFlag: FlagSpec = {
  flags: '--name <name>',
  description: 'name of the Secret (default: made from the host)',
}

/** Of the readers of charts, which lie in classic repositories too. */
const chartRegistryFlag: FlagSpec = {
  flags: '--registry <host>',
  description: 'registry: HOST or HOST/PATH; or the address of a classic repository',
}

export const gitopsCommands: readonly CommandSpec[] = [
  {
    name: 'gitops argocd',
    summary: 'write the Application of Argo CD that installs a chart',
    args: ['<reference>'],
    flags: [
      ...referenceFlags,
      ...argoCdFlags,
      { flags: '--project <name>', description: 'project of Argo CD (default: default)' },
      { flags: '--server <url>', description: 'cluster to install in (default: the one of Argo CD)' },
      { flags: '--application-set', description: 'an ApplicationSet over all clusters that Argo CD knows' },
      {
        flags: '--cluster <name=url>',
        description: 'an ApplicationSet over this cluster; repeatable',
        repeat: true,
      },
      {
        flags: '--cluster-values <name=file>',
        description: 'further values in one cluster; repeatable',
        repeat: true,
      },
      {
        flags: '--cluster-label <key=value>',
        description: 'an ApplicationSet over the clusters with this label; repeatable',
        repeat: true,
      },
      { flags: '--auto-sync', description: 'sync without being told (on unless =false)' },
      { flags: '--prune', description: 'remove what the chart no longer has (on unless =false)' },
      { flags: '--self-heal', description: 'undo changes of others (on unless =false)' },
      { flags: '--cascade', description: 'deleting the Application deletes what it installed' },
      objectsFlag,
      ...connectionFlags,
    ],
    examples: [
      'chartroom gitops argocd oci://ghcr.io/me/charts/app -n app -f values.yaml',
      'chartroom gitops argocd oci://ghcr.io/me/charts/app --cluster eu=https://eu.example.com --cluster-values eu=eu.yaml',
    ],
    load: () => import('./command/gitops-argocd.ts'),
  },
  {
    name: 'gitops flux',
    summary: 'write the source and the HelmRelease of Flux that install a chart',
    args: ['<reference>'],
    flags: [
      ...referenceFlags,
      ...fluxFlags,
      { flags: '--helm-repository', description: 'a HelmRepository in place of an OCIRepository' },
      { flags: '--interval <duration>', description: 'how often Flux looks (default: 10m)' },
      {
        flags: '--secret-name <name>',
        description: 'Secret with the login that is there, or is written by --secret',
      },
      {
        flags: '--provider <provider>',
        description: "cloud that gives the login (default: by the registry's host)",
        choices: ['generic', 'aws', 'azure', 'gcp'],
      },
      objectsFlag,
      ...connectionFlags,
    ],
    examples: [
      'chartroom gitops flux oci://ghcr.io/me/charts/app -n app -f values.yaml --secret',
      'chartroom gitops flux oci://ghcr.io/me/charts/app --range "^1.2"',
    ],
    load: () => import('./command/gitops-flux.ts'),
  },
  {
    name: 'secret image-pull',
    summary: 'write the Secret that the kubelet pulls images with',
    args: [],
    usage: '[options] --registry <host>',
    flags: [
      { flags: '--registry <host>', description: 'registry: HOST, or HOST/PATH for what lies below it' },
      { flags: '-n, --namespace <name>', description: 'namespace of the pods (default: default)' },
      secretNameFlag,
      objectsFlag,
      ...connectionFlags,
    ],
    examples: ['chartroom secret image-pull --registry ghcr.io -n app | kubectl apply -f -'],
    load: () => import('./command/secret.ts').then(({ secretFor }) => secretFor('kubelet')),
  },
  {
    name: 'secret argocd',
    summary: 'write the Secret that Argo CD reads charts with',
    args: [],
    usage: '[options] --registry <host>',
    flags: [
      chartRegistryFlag,
      { flags: '-n, --namespace <name>', description: 'namespace that Argo CD runs in (default: argocd)' },
      secretNameFlag,
      ...argoCdFlags.filter(({ flags }) => !flags.startsWith('--argocd-namespace')),
      {
        flags: '--scope <scope>',
        description: 'repo-creds for all below the address (default), or repository for it alone',
        choices: ['repo-creds', 'repository'],
      },
      objectsFlag,
      ...connectionFlags,
    ],
    examples: ['chartroom secret argocd --registry ghcr.io/me | kubectl apply -f -'],
    load: () => import('./command/secret.ts').then(({ secretFor }) => secretFor('argocd')),
  },
  {
    name: 'secret flux',
    summary: 'write the Secret that Flux reads charts with',
    args: [],
    usage: '[options] --registry <host>',
    flags: [
      chartRegistryFlag,
      { flags: '-n, --namespace <name>', description: "namespace of Flux's objects (default: flux-system)" },
      secretNameFlag,
      objectsFlag,
      ...connectionFlags,
    ],
    examples: ['chartroom secret flux --registry ghcr.io | kubectl apply -f -'],
    load: () => import('./command/secret.ts').then(({ secretFor }) => secretFor('flux')),
  },
]

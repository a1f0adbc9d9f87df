import { compareCommands } from './compare-commands.ts'
import { dependencyCommands } from './dependency-commands.ts'
import { doctorCommands } from './doctor-commands.ts'
import type { FlagSpec } from './flag.ts'
import { connectionFlags, outputFlag, repositoryFlags } from './flag.ts'
import { initCommands } from './init-commands.ts'
import type { CommandModule } from './invocation.ts'
import { contextFlags, idleLintFlags } from './global-flags.ts'
import { gitopsCommands } from './gitops-commands.ts'
import { loginCommands } from './login-commands.ts'
import { pruneCommands } from './prune-commands.ts'
import { templateFlags } from './template-flags.ts'
import { valuesFlags } from './values-flags.ts'

/** One command as data: help, completion and parsing are made from it, its code loads when it runs. */
export interface CommandSpec {
  /** `push`, `repo add`. */
  readonly name: string
  readonly alias?: string
  readonly summary: string
  readonly args: readonly string[]
  /** Where the arguments alone do not say it. */
  readonly usage?: string
  readonly flags: readonly FlagSpec[]
  readonly examples: readonly string[]
  readonly hidden?: boolean
  /** Flags of another program are let through. */
  readonly allowUnknown?: boolean
  load(): Promise<CommandModule>
}

/** Words that stand before other commands. */
export const groups: readonly (readonly [name: string, summary: string, aliases?: readonly string[]])[] = [
  ['dependency', 'list, fetch and lock the charts that a chart depends on', ['dep', 'dependencies']],
  ['show', 'show what is inside a chart'],
  ['repo', 'add, list, update and index classic repositories'],
  ['search', 'find charts by keyword'],
  ['gitops', 'write what Argo CD and Flux install a chart by'],
  ['secret', 'write the Secrets that clusters read registries with'],
  ['registry', 'log in to and out of registries, as helm spells it'],
  ['init', 'write files that a repository of charts needs'],
]

const versionFlag: FlagSpec = {
  flags: '--version <version>',
  description: 'version or range, such as 1.2.3 or ^1.2; default: the newest stable one',
}
const develFlag: FlagSpec = { flags: '--devel', description: 'take pre-releases too' }
const repoFlag: FlagSpec = {
  flags: '--repo <url>',
  description: 'classic repository that the chart name is looked up in',
}
const forceFlag: FlagSpec = {
  flags: '--force',
  description: 'replace other content under an existing version',
}
const passCredentialsFlag: FlagSpec = {
  flags: '--pass-credentials',
  description: 'send the repository credentials to other hosts named in its index too',
}
const readFlags: readonly FlagSpec[] = [
  versionFlag,
  develFlag,
  repoFlag,
  passCredentialsFlag,
  ...connectionFlags,
]

export const commandTable: readonly CommandSpec[] = [
  {
    name: 'package',
    summary: 'pack chart folders into reproducible archives',
    args: ['<folder...>'],
    flags: [
      { flags: '-d, --destination <dir>', description: 'where the archives go (default: .)' },
      { flags: '--version <version>', description: 'version of the packed chart; Chart.yaml is not edited' },
      {
        flags: '--app-version <version>',
        description: 'appVersion of the packed chart; Chart.yaml is not edited',
      },
      { flags: '-u, --dependency-update', description: 'fetch what Chart.yaml declares into charts/ first' },
      outputFlag,
      ...connectionFlags,
    ],
    examples: ['chartroom package ./chart -d dist'],
    load: () => import('./command/package.ts'),
  },
  {
    name: 'lint',
    summary: "say what is wrong with charts, by helm's rules",
    args: ['[chart...]'],
    flags: [
      { flags: '--strict', description: 'warnings fail too' },
      { flags: '--quiet', description: 'print only warnings and errors' },
      { flags: '--with-subcharts', description: 'lint the charts in charts/ too' },
      { flags: '--kube-version <version>', description: 'Kubernetes version for deprecations and templates' },
      { flags: '--skip-schema-validation', description: 'do not check values by values.schema.json' },
      { flags: '-n, --namespace <name>', description: 'namespace that templates see (default: default)' },
      ...contextFlags,
      ...valuesFlags,
      {
        flags: '-o, --output <format>',
        description: 'print the result as table, json, yaml, sarif or github (annotations)',
        choices: ['table', 'json', 'yaml', 'sarif', 'github'],
      },
      ...idleLintFlags,
    ],
    examples: ['chartroom lint ./chart --strict', 'chartroom lint ./chart -f ci/test-values.yaml -o sarif'],
    load: () => import('./command/lint.ts'),
  },
  {
    name: 'push',
    summary: 'push archives to an OCI registry',
    args: ['<archive...>'],
    usage: '[options] <archive...> <oci://HOST/PATH>',
    flags: [forceFlag, ...repositoryFlags, outputFlag, ...connectionFlags],
    examples: ['chartroom push dist/*.tgz oci://ghcr.io/me/charts'],
    load: () => import('./command/push.ts'),
  },
  {
    name: 'publish',
    summary: 'take charts to registries and classic repositories in one run',
    args: ['[chart...]'],
    flags: [
      {
        flags: '--to <destination>',
        description: 'oci://HOST/PATH, git+https://HOST/REPO#BRANCH or a folder; repeatable',
        repeat: true,
      },
      { flags: '--plan', description: 'say what would be done, and upload nothing' },
      {
        flags: '--tag <tag>',
        description: 'a further tag to move, such as latest; repeatable',
        repeat: true,
      },
      forceFlag,
      { flags: '--skip-lint', description: 'do not lint the charts first' },
      { flags: '--skip-test', description: 'do not render the charts first' },
      ...repositoryFlags,
      { flags: '--repo-url <url>', description: 'address that the folder or branch is served at' },
      { flags: '--storage <dir>', description: 'local store, the destination when there is no other' },
      outputFlag,
      ...connectionFlags,
    ],
    examples: [
      'chartroom publish ./chart --to oci://ghcr.io/me/charts --to ./docs/helm-charts',
      'chartroom publish ./chart --to git+https://github.com/me/charts#gh-pages',
      'chartroom publish --plan',
    ],
    load: () => import('./command/publish.ts'),
  },
  {
    name: 'pull',
    summary: 'fetch and verify charts',
    args: ['<reference...>'],
    flags: [
      { flags: '-d, --destination <dir>', description: 'where the archives go (default: .)' },
      { flags: '--untar', description: 'unpack the chart instead of keeping the archive' },
      { flags: '--untardir <dir>', description: 'where to unpack, below the destination (default: .)' },
      { flags: '--prov', description: 'fetch the provenance file too' },
      ...readFlags,
      outputFlag,
    ],
    examples: [
      'chartroom pull oci://ghcr.io/me/charts/app --version ^1.2',
      'chartroom pull app --repo https://example.com/charts --untar',
    ],
    load: () => import('./command/pull.ts'),
  },
  {
    name: 'versions',
    summary: 'list the versions of a chart, newest first',
    args: ['<reference>'],
    flags: [outputFlag, repoFlag, passCredentialsFlag, ...connectionFlags],
    examples: ['chartroom versions oci://ghcr.io/me/charts/app'],
    load: () => import('./command/versions.ts'),
  },
  {
    name: 'charts',
    summary: 'list the charts under a registry path',
    args: ['<oci://HOST/PATH>'],
    flags: [outputFlag, ...connectionFlags],
    examples: ['chartroom charts oci://localhost:5000/charts'],
    load: () => import('./command/charts.ts'),
  },
  ...(['all', 'chart', 'crds', 'readme', 'values'] as const).map(
    (part): CommandSpec => ({
      name: `show ${part}`,
      summary: `show ${{ all: 'all of it', chart: 'Chart.yaml', crds: 'the CRDs', readme: 'the README', values: 'values.yaml' }[part]}`,
      args: ['<chart>'],
      flags: readFlags,
      examples: [`chartroom show ${part} oci://ghcr.io/me/charts/app`],
      load: () => import('./command/show.ts').then(({ showPart }) => showPart(part)),
    }),
  ),
  {
    name: 'template',
    summary: 'render a chart, byte for byte as helm template does',
    args: ['<name-or-chart>', '[chart]'],
    usage: '[options] [NAME] <CHART>',
    flags: [...templateFlags, ...readFlags],
    examples: [
      'chartroom template ./chart',
      'chartroom template demo oci://ghcr.io/me/charts/app -f values.yaml --set replicas=2',
    ],
    load: () => import('./command/template.ts'),
  },
  ...compareCommands,
  ...dependencyCommands,
  {
    name: 'repo add',
    summary: 'add a classic repository to those that helm knows too',
    args: ['<name>', '<url>'],
    flags: [
      { flags: '--force-update', description: 'replace a repository of the same name' },
      passCredentialsFlag,
      ...connectionFlags,
    ],
    examples: ['chartroom repo add team https://charts.example.com'],
    load: () => import('./command/repo-add.ts'),
  },
  {
    name: 'repo update',
    alias: 'up',
    summary: 'fetch the indexes of added repositories anew',
    args: ['[name...]'],
    flags: [],
    examples: ['chartroom repo update'],
    load: () => import('./command/repo-update.ts'),
  },
  {
    name: 'repo list',
    alias: 'ls',
    summary: 'list added repositories',
    args: [],
    flags: [outputFlag],
    examples: ['chartroom repo list'],
    load: () => import('./command/repo-list.ts'),
  },
  {
    name: 'repo remove',
    alias: 'rm',
    summary: 'remove added repositories',
    args: ['<name...>'],
    flags: [],
    examples: ['chartroom repo remove hypersdk'],
    load: () => import('./command/repo-remove.ts'),
  },
  {
    name: 'repo index',
    summary: 'write index.yaml for a folder of archives',
    args: ['<dir>'],
    flags: [
      {
        flags: '--url <url>',
        description: 'address that the folder is served at (default: relative addresses)',
      },
      { flags: '--merge <file>', description: 'keep the entries of this index' },
      { flags: '--json', description: 'write JSON, which helm reads faster' },
    ],
    examples: ['chartroom repo index ./charts --url https://example.com/charts'],
    load: () => import('./command/repo-index.ts'),
  },
  {
    name: 'search repo',
    summary: 'search the added repositories',
    args: ['[keyword]'],
    flags: [
      { flags: '-l, --versions', description: 'show every version, not only the newest' },
      { flags: '-r, --regexp', description: 'the keyword is a regular expression' },
      { flags: '--version <range>', description: 'only versions in this range' },
      develFlag,
      { flags: '--fail-on-no-result', description: 'end with an error when nothing is found' },
      outputFlag,
    ],
    examples: ['chartroom search repo migration'],
    load: () => import('./command/search-repo.ts'),
  },
  {
    name: 'search oci',
    summary: 'search the charts under a registry path',
    args: ['<oci://HOST/PATH>', '[keyword]'],
    flags: [outputFlag, ...connectionFlags],
    examples: ['chartroom search oci oci://localhost:5000/charts migration'],
    load: () => import('./command/search-oci.ts'),
  },
  {
    name: 'copy',
    alias: 'cp',
    summary: 'copy a chart with its signatures from registry to registry',
    args: ['<source>', '<destination>'],
    flags: [
      { flags: '--all-tags', description: 'copy every tag of the repository' },
      { flags: '-j, --concurrency <n>', description: 'tags copied at once (default: 8)' },
      { flags: '--no-referrers', description: 'leave signatures and other referrers behind' },
      outputFlag,
      ...connectionFlags,
    ],
    examples: ['chartroom copy oci://localhost:5000/charts/app:1.2.3 oci://ghcr.io/me/charts/app:1.2.3'],
    load: () => import('./command/copy.ts'),
  },
  {
    name: 'tag',
    summary: 'point further tags at a chart that is in the registry',
    args: ['<reference>', '<tag...>'],
    flags: [outputFlag, ...connectionFlags],
    examples: ['chartroom tag oci://ghcr.io/me/charts/app:1.2.3 latest 1.2'],
    load: () => import('./command/tag.ts'),
  },
  {
    name: 'delete',
    summary: 'delete one tag, or a manifest with all its tags',
    args: ['<reference>'],
    flags: [{ flags: '--yes', description: 'do not ask' }, outputFlag, ...connectionFlags],
    examples: ['chartroom delete oci://localhost:5000/charts/app:1.2.3 --yes'],
    load: () => import('./command/delete.ts'),
  },
  ...pruneCommands,
  ...gitopsCommands,
  {
    name: 'serve',
    summary: 'serve a registry that is also a classic repository',
    args: [],
    flags: [
      {
        flags: '--addr <host:port>',
        description: 'address to listen on; port 0 takes a free one (default: 127.0.0.1:5000)',
      },
      { flags: '--storage <dir>', description: 'folder of the store' },
      { flags: '--htpasswd <file>', description: 'ask for a login from this file (bcrypt)' },
      { flags: '--anonymous-pull', description: 'with --htpasswd: reading needs no login' },
      { flags: '--access <file>', description: 'who may pull, push and delete what (YAML)' },
      { flags: '--read-only', description: 'refuse every write' },
      { flags: '--tls-cert <file>', description: 'serve HTTPS with this certificate' },
      { flags: '--tls-key <file>', description: 'key of the certificate' },
      {
        flags: '--allow-insecure',
        description: 'let passwords travel without TLS on other addresses than loopback',
      },
      outputFlag,
    ],
    examples: ['chartroom serve --addr 127.0.0.1:5000'],
    load: () => import('./command/serve.ts'),
  },
  ...loginCommands,
  {
    name: 'project',
    summary: 'show what chartroom.yaml says here',
    args: [],
    flags: [outputFlag],
    examples: ['chartroom project'],
    load: () => import('./command/project.ts'),
  },
  ...initCommands,
  ...doctorCommands,
  {
    name: 'version',
    summary: 'print the version of chartroom',
    args: [],
    flags: [outputFlag],
    examples: ['chartroom version'],
    load: () => import('./command/version.ts'),
  },
  {
    name: 'completion',
    summary: 'print the completion script of a shell',
    args: ['<shell>'],
    flags: [],
    examples: ['source <(chartroom completion bash)'],
    load: () => import('./command/completion.ts'),
  },
  {
    name: 'complete',
    summary: 'answers the completion scripts',
    args: ['[words...]'],
    flags: [],
    examples: [],
    hidden: true,
    allowUnknown: true,
    load: () => import('./command/complete.ts'),
  },
  ...(['install', 'upgrade'] as const).map(
    (name): CommandSpec => ({
      name,
      summary: 'not part of chartroom yet: prints the helm line to use',
      args: ['[args...]'],
      flags: [],
      examples: [],
      hidden: true,
      allowUnknown: true,
      load: () => import('./command/install.ts').then(({ refuse }) => refuse(name)),
    }),
  ),
]

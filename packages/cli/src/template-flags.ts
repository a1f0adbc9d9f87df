import type { FlagSpec } from './flag.ts'
import { contextFlags, idleFlags, idleGlobalFlags } from './global-flags.ts'
import { valuesFlags } from './values-flags.ts'

/** Helm's flags of `template`, and the limits of our own engine. */
export const templateFlags: readonly FlagSpec[] = [
  ...valuesFlags,
  { flags: '-n, --namespace <name>', description: 'namespace of the release (default: default)' },
  {
    flags: '--kube-version <version>',
    description: 'Kubernetes that the chart is rendered for (default: v1.36.0)',
  },
  {
    flags: '-a, --api-versions <list>',
    description: 'API versions that there are besides those of Kubernetes; repeatable',
    repeat: true,
  },
  { flags: '--include-crds', description: 'print the files of crds/ too' },
  {
    flags: '-s, --show-only <path>',
    description: 'only what this template gives, such as templates/service.yaml; repeatable',
    repeat: true,
  },
  { flags: '--skip-tests', description: 'leave out hooks that are tests' },
  { flags: '--no-hooks', description: 'leave out all hooks' },
  { flags: '--output-dir <dir>', description: 'write a file for each template instead of printing' },
  { flags: '--release-name', description: 'with --output-dir: put the files into a folder of the release' },
  { flags: '--is-upgrade', description: 'render as for an upgrade' },
  { flags: '--name-template <text>', description: "template of the release's name" },
  { flags: '-g, --generate-name', description: 'let the release have a name of its own making' },
  { flags: '--skip-schema-validation', description: 'do not check the values against values.schema.json' },
  {
    flags: '--dry-run <mode>',
    description: 'client, which is what template does anyway; server needs a cluster',
    bare: 'unset',
  },
  { flags: '--validate', description: 'needs a cluster: not supported' },
  { flags: '--enable-dns', description: 'let getHostByName look hosts up' },
  {
    flags: '--post-renderer <program>',
    description: 'print what this program makes of the manifests; a path, or a name on the PATH',
  },
  {
    flags: '--post-renderer-args <arg>',
    description: 'argument of the post-renderer; repeatable',
    repeat: true,
  },
  {
    flags: '--dependency-update',
    description: 'fetch what Chart.yaml declares into charts/ first, where it is not there',
  },
  { flags: '--verify', description: 'not part of chartroom yet: prints the helm line to use' },
  { flags: '--keyring <file>', description: 'public keys for --verify' },
  ...contextFlags,
  { flags: '--registry-config <file>', description: 'where helm keeps the logins of registries' },
  { flags: '--repository-config <file>', description: 'where helm keeps the list of repositories' },
  { flags: '--repository-cache <dir>', description: 'where helm keeps the indexes of repositories' },
  {
    flags: '--debug',
    description: 'print to standard error what the templates gave, also when it is no YAML',
  },
  {
    flags: '--max-steps <millions>',
    description: 'how many steps the templates of a chart may take, in millions (default: 500)',
  },
  {
    flags: '--max-output <megabytes>',
    description: 'how much the templates may write, and the post-renderer (default: 256)',
  },
  {
    flags: '--max-depth <n>',
    description: 'how deep templates may call each other with the template action (default: 100000)',
  },
  ...idleGlobalFlags,
  // What helm does in a cluster, where nothing is rendered otherwise.
  ...idleFlags(
    '--atomic',
    '--create-namespace',
    '--description <text>',
    '--disable-openapi-validation',
    '--force',
    '--force-conflicts',
    '--force-replace',
    '--hide-notes',
    '-l, --labels <list>',
    '--render-subchart-notes',
    '--replace',
    '--rollback-on-failure',
    '--server-side',
    '--skip-crds',
    '--take-ownership',
    '--timeout <duration>',
    '--wait-for-jobs',
  ),
  { flags: '--wait <how>', description: 'changes nothing here', hidden: true, bare: 'watcher' },
]

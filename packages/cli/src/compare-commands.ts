import type { CommandSpec } from './command-table.ts'
import { connectionFlags, outputFlag } from './flag.ts'
import { valuesFlags } from './values-flags.ts'

export const compareCommands: readonly CommandSpec[] = [
  {
    name: 'diff',
    summary: 'say which objects differ between two charts, versions or sets of values',
    args: ['<from>', '[to]'],
    flags: [
      ...valuesFlags,
      {
        flags: '--from-values <file>',
        description: 'values of the first chart alone, over those of -f; repeatable',
        repeat: true,
      },
      {
        flags: '--to-values <file>',
        description: 'values of the second chart alone, over those of -f; repeatable',
        repeat: true,
      },
      { flags: '--from-version <version>', description: 'version or range of the first chart' },
      { flags: '--to-version <version>', description: 'version or range of the second chart' },
      { flags: '--release <name>', description: 'name of the release (default: release-name)' },
      { flags: '-n, --namespace <name>', description: 'namespace of the release (default: default)' },
      {
        flags: '--kube-version <version>',
        description: 'Kubernetes that both are rendered for (default: v1.36.0)',
      },
      {
        flags: '-a, --api-versions <list>',
        description: 'API versions that there are besides those of Kubernetes; repeatable',
        repeat: true,
      },
      { flags: '--is-upgrade', description: 'render as for an upgrade' },
      { flags: '--skip-crds', description: 'leave out the files of crds/' },
      { flags: '--no-hooks', description: 'leave out all hooks' },
      { flags: '--skip-tests', description: 'leave out hooks that are tests' },
      {
        flags: '--skip-schema-validation',
        description: 'do not check the values against values.schema.json',
      },
      {
        flags: '--ignore-label <name>',
        description:
          'label or annotation that is not compared, such as helm.sh/chart or checksum/*; repeatable',
        repeat: true,
      },
      { flags: '--show-secrets', description: 'show the values of Secrets' },
      { flags: '--exit-code', description: 'end with 1 when there are differences' },
      { flags: '--repo <url>', description: 'classic repository that chart names are looked up in' },
      {
        flags: '--pass-credentials',
        description: 'send the repository credentials to other hosts named in its index too',
      },
      ...connectionFlags,
      {
        flags: '-o, --output <format>',
        description: 'print the result as table, json, yaml or markdown (for step summaries)',
        choices: ['table', 'json', 'yaml', 'markdown'],
      },
    ],
    examples: [
      'chartroom diff git:origin/main:./chart ./chart',
      'chartroom diff oci://ghcr.io/me/charts/app:1.2.3 ./chart --ignore-label helm.sh/chart',
      'chartroom diff ./chart --to-values production.yaml',
    ],
    load: () => import('./command/diff.ts'),
  },
  {
    name: 'changed',
    summary: 'say which charts have changed since a git revision, and whether they have a new version',
    args: ['[chart...]'],
    usage: '[options] --since <ref> [chart...]',
    flags: [
      {
        flags: '--since <ref>',
        description: 'branch, tag or commit; compared is the commit where HEAD parted from it',
      },
      outputFlag,
    ],
    examples: [
      'chartroom changed --since origin/main',
      'chartroom changed --since v1.2.0 charts/app -o json',
    ],
    load: () => import('./command/changed.ts'),
  },
]

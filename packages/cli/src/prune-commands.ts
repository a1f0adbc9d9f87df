import type { CommandSpec } from './command-table.ts'
import { connectionFlags, outputFlag } from './flag.ts'

export const pruneCommands: readonly CommandSpec[] = [
  {
    name: 'prune',
    summary: 'remove old versions, and keep all that others need',
    args: ['<oci://HOST/PATH/NAME...>'],
    flags: [
      { flags: '--keep <n>', description: 'keep the newest versions, so many' },
      { flags: '--keep-days <n>', description: 'keep versions that are no older than this many days' },
      {
        flags: '--keep-semver <line>',
        description: 'keep the newest version of every major or minor',
        choices: ['major', 'minor'],
      },
      {
        flags: '--match <pattern>',
        description: 'look only at versions such as "1.*" or "*-rc*"; repeatable',
        repeat: true,
      },
      {
        flags: '--exclude <pattern>',
        description: 'leave versions such as "1.0.*" alone; repeatable',
        repeat: true,
      },
      { flags: '--all', description: 'every chart below the path, where the registry has a catalog' },
      { flags: '--yes', description: 'do it, without asking' },
      outputFlag,
      ...connectionFlags,
    ],
    examples: [
      'chartroom prune oci://ghcr.io/me/charts/app --keep 10',
      'chartroom prune oci://localhost:5000/charts --all --keep-semver minor --keep 3 --yes',
    ],
    load: () => import('./command/prune.ts'),
  },
]

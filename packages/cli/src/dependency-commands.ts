import type { CommandSpec } from './command-table.ts'
import type { FlagSpec } from './flag.ts'
import { connectionFlags, outputFlag } from './flag.ts'

const changeFlags: readonly FlagSpec[] = [
  { flags: '--skip-refresh', description: 'take the indexes of added repositories that are at hand' },
  { flags: '--frozen', description: 'change no lock, and take only archives whose digest is recorded' },
  { flags: '--verify', description: 'not part of chartroom yet: prints the helm line to use' },
  { flags: '--keyring <file>', description: 'public keys for --verify' },
  outputFlag,
  ...connectionFlags,
]

export const dependencyCommands: readonly CommandSpec[] = [
  {
    name: 'dependency build',
    summary: 'make charts/ what the lock file says',
    args: ['[chart]'],
    flags: changeFlags,
    examples: ['chartroom dependency build ./chart --frozen'],
    load: () => import('./command/dependency-build.ts'),
  },
  {
    name: 'dependency list',
    alias: 'ls',
    summary: 'list what a chart depends on, and what of it is in charts/',
    args: ['[chart]'],
    flags: [
      {
        flags: '--max-col-width <n>',
        description: 'widest column of the table, 0 for no limit (default: 80)',
      },
      outputFlag,
    ],
    examples: ['chartroom dependency list ./chart'],
    load: () => import('./command/dependency-list.ts'),
  },
  {
    name: 'dependency update',
    alias: 'up',
    summary: 'choose versions, fetch them into charts/, and write the lock file',
    args: ['[chart]'],
    flags: changeFlags,
    examples: ['chartroom dependency update ./chart'],
    load: () => import('./command/dependency-update.ts'),
  },
]

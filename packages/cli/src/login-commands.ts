import type { CommandSpec } from './command-table.ts'
import type { FlagSpec } from './flag.ts'
import { connectionFlags } from './flag.ts'

const loginFlags: readonly FlagSpec[] = [
  { flags: '-u, --username <name>', description: 'user name' },
  {
    flags: '-p, --password <secret>',
    description: 'password or token; visible in the process list, prefer --password-stdin',
  },
  { flags: '--password-stdin', description: 'read the password or token from standard input' },
  ...connectionFlags.filter(({ flags }) => !/--(username|password)/.test(flags)),
]

/** Each by its own name, and as helm spells it. */
export const loginCommands: readonly CommandSpec[] = [
  ...['login', 'registry login'].map(
    (name): CommandSpec => ({
      name,
      summary: 'log in to a registry',
      args: ['<host>'],
      flags: loginFlags,
      examples: [
        `echo "$TOKEN" | chartroom ${name} ghcr.io --username me --password-stdin`,
        `chartroom ${name} 123456789012.dkr.ecr.eu-central-1.amazonaws.com`,
      ],
      load: () => import('./command/login.ts'),
    }),
  ),
  ...['logout', 'registry logout'].map(
    (name): CommandSpec => ({
      name,
      summary: 'forget the login of a registry',
      args: ['<host>'],
      flags: [],
      examples: [`chartroom ${name} ghcr.io`],
      load: () => import('./command/logout.ts'),
    }),
  ),
]

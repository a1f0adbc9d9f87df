import type { CommandSpec } from './command-table.ts'

export const initCommands: readonly CommandSpec[] = [
  {
    name: 'init ci',
    summary: 'write the pipeline that checks and releases the charts of this repository',
    args: [],
    usage: '[options] --github | --gitlab',
    flags: [
      { flags: '--github', description: 'for GitHub Actions: .github/workflows/chart.yml' },
      { flags: '--gitlab', description: 'for GitLab CI: .gitlab-ci.yml' },
      { flags: '--output <file>', description: 'write this file instead; - is standard output' },
      { flags: '--force', description: 'replace the file if it is there' },
    ],
    examples: ['chartroom init ci --github', 'chartroom init ci --gitlab --output -'],
    load: () => import('./command/init-ci.ts'),
  },
]

import { join, normalize, resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { DependencyList } from '@chartroom/verbs'
import { listDependencies } from '@chartroom/verbs'
import { dependencyTable } from '../dependency-table.ts'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment } = invocation
  const path = args[0] ?? '.'
  const width = columnWidth(flags.text('max-col-width'))
  const list = await listDependencies(resolve(environment.cwd, path))
  const charts = join(normalize(path), 'charts')
  const value = {
    dependencies: list.dependencies ?? [],
    undeclared: list.undeclared.map(({ file, reason }) => ({ path: join(charts, file), reason })),
  }
  await print(invocation, value, () => text(list, charts, width))
}

/** What helm prints. */
function text({ dependencies, undeclared }: DependencyList, charts: string, width: number): string {
  if (dependencies === undefined) return `WARNING: no dependencies at ${charts}\n`
  const rows = dependencies.map(({ name, version, repository, status }) => [
    name,
    version,
    repository,
    status,
  ])
  const table = dependencyTable([['NAME', 'VERSION', 'REPOSITORY', 'STATUS'], ...rows], width)
  const warnings = undeclared.map(
    ({ file, reason }) => `WARNING: ${JSON.stringify(join(charts, file))} is ${reason}.\n`,
  )
  return `${table}\n\n${warnings.join('')}`
}

function columnWidth(flag = '80'): number {
  if (/^\d{1,9}$/.test(flag)) return Number(flag)
  throw new ChartroomError('USAGE', `--max-col-width takes a whole number, not ${flag}`, {
    hint: '0 stands for no limit.',
  })
}

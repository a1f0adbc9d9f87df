import { readdir, stat } from 'node:fs/promises'
import { join, parse, resolve, sep } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { Environment } from '../../environment.ts'
import { packFolder, readPacked } from '../../package/pack.ts'
import type { Packed } from '../../package/packed.ts'
import { pool } from '../../pool.ts'
import type { Project } from '../../project/project.ts'
import { projectFileName } from '../../project/project.ts'

/** Packs folders and reads archives; without any named, the charts of `chartroom.yaml`. */
export async function chooseCharts(
  named: readonly string[],
  environment: Environment,
  project: Project | undefined,
): Promise<Packed[]> {
  const paths = await chartPaths(named, environment, project)
  // Packing is work for the processor alone: side by side it is no faster, and needs more memory.
  return pool(paths, 2, async (path) =>
    (await stat(path)).isDirectory() ? packFolder(path, environment) : readPacked(path),
  )
}

/** The whole paths of named charts, or of those of `chartroom.yaml`. Throws `USAGE` when there is none. */
export async function chartPaths(
  named: readonly string[],
  environment: Environment,
  project: Project | undefined,
): Promise<string[]> {
  const paths =
    named.length > 0 ? named.map((path) => resolve(environment.cwd, path)) : await projectCharts(project)
  if (paths.length > 0) return paths
  throw new ChartroomError('USAGE', 'no chart is named', {
    hint: `Name chart folders or archives, or list them under charts: in ${projectFileName}.`,
  })
}

async function projectCharts(project: Project | undefined): Promise<string[]> {
  const found: string[] = []
  for (const pattern of project?.charts ?? [])
    found.push(...(await expandCharts(project?.folder ?? '', pattern)))
  return [...new Set(found)].sort()
}

/**
 * The paths that a pattern names, from a folder on: `*` stands for any part of one name, as in `charts/*`; folders
 * without a Chart.yaml are left out then.
 */
export async function expandCharts(folder: string, pattern: string): Promise<string[]> {
  const { root } = parse(pattern)
  let paths = [root === '' ? folder : root]
  const parts = pattern.slice(root.length).split(sep === '/' ? '/' : /[/\\]/)
  for (const part of parts.filter((one) => one !== '' && one !== '.')) {
    const next = await Promise.all(paths.map((path) => children(path, part)))
    paths = next.flat()
  }
  if (!pattern.includes('*')) return paths
  const charts = await Promise.all(paths.map(isChart))
  return paths.filter((_, index) => charts[index])
}

async function children(folder: string, part: string): Promise<string[]> {
  if (!part.includes('*')) return [join(folder, part)]
  const name = new RegExp(`^${part.split('*').map(escaped).join('.*')}$`)
  return (await entriesOf(folder))
    .filter((entry) => name.test(entry) && !entry.startsWith('.'))
    .map((one) => join(folder, one))
}

/** None for a file, which an earlier `*` may have found beside folders. */
async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return []
    throw error
  }
}

async function isChart(path: string): Promise<boolean> {
  return (
    path.endsWith('.tgz') ||
    (await stat(join(path, 'Chart.yaml')).then(
      () => true,
      () => false,
    ))
  )
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

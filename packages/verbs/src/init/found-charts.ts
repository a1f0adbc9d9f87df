import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'
import type { Project } from '../project/project.ts'

/**
 * Where the charts of a repository lie, relative to its root, with `/`: the patterns of `chartroom.yaml`, else every
 * folder with a Chart.yaml that is no dependency of another. Throws `CHART_NOT_FOUND` when there is none.
 */
export async function chartPlaces(root: string, project: Project | undefined): Promise<string[]> {
  const listed = project?.charts ?? []
  const places =
    listed.length > 0
      ? listed.map((pattern) => slashed(relative(root, join(project?.folder ?? root, pattern))))
      : await search(root)
  if (places.length === 0) {
    throw new ChartroomError('CHART_NOT_FOUND', `no chart in ${root}: no folder has a Chart.yaml`, {
      hint: 'Run it in the repository that has the chart, or list the charts in chartroom.yaml.',
    })
  }
  for (const place of places) refuseUnwritable(place)
  return places
}

async function search(root: string): Promise<string[]> {
  const found: string[] = []
  let left: number = limits.searchedFolders
  let level = ['']
  for (let depth = 0; depth <= limits.searchedDepth && level.length > 0; depth++) {
    const next: string[] = []
    for (const folder of level) {
      if (left-- <= 0) throw tooMany(root)
      // What lies in a chart's folder belongs to the chart.
      if (existsSync(join(root, folder, 'Chart.yaml'))) found.push(folder === '' ? '.' : slashed(folder))
      else next.push(...(await foldersIn(root, folder)))
    }
    level = next
  }
  return found.sort()
}

async function foldersIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => join(folder, entry.name))
}

function tooMany(root: string): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `more than ${limits.searchedFolders} folders in ${root}`, {
    hint: 'List the charts in chartroom.yaml: then nothing is searched.',
  })
}

// It stands in scripts, where the shell makes words and names of it.
function refuseUnwritable(place: string): void {
  if (/^[\w.@+*][\w.@+/*-]*$/.test(place) && !place.split('/').includes('..')) return
  throw new ChartroomError('USAGE', `a script cannot name the chart ${JSON.stringify(place)}`, {
    hint: 'Use letters, digits and . _ - + @ in names of folders, or a pattern such as charts/* in chartroom.yaml.',
  })
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}

import { existsSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { Environment } from '../environment.ts'
import type { Project } from '../project/project.ts'
import { findProject } from '../project/project.ts'
import { chartPlaces } from './found-charts.ts'
import { githubPipeline } from './github.ts'
import { gitlabPipeline } from './gitlab.ts'
import type { PipelineFile } from './pipeline.ts'

export interface InitCiRequest {
  readonly at: 'github' | 'gitlab'
  /** Of Chartroom, which the pipeline pins. */
  readonly version: string
}

/** A pipeline for the repository that the working folder is in, and where it goes: `folder`, then its path. */
export interface PlannedPipeline extends PipelineFile {
  readonly folder: string
  /** What the pipeline leaves out, and why. */
  readonly warnings: readonly string[]
}

/** Makes the file of a pipeline from the charts and the chartroom.yaml that are here; writes nothing. */
export async function planPipeline(
  { at, version }: InitCiRequest,
  { cwd }: Environment,
): Promise<PlannedPipeline> {
  const project = await findProject(cwd)
  const folder = rootOf(cwd)
  const charts = await chartPlaces(folder, project)
  const { reachable, warnings } = destinationsOf(project)
  const make = at === 'github' ? githubPipeline : gitlabPipeline
  const made = make({ charts, version, destinations: reachable })
  return { ...made, next: [packageStep(version), ...made.next], folder, warnings }
}

// Else npx would ask npm for a package that it has not, or has from somebody else.
function packageStep(version: string): string {
  return `Until chartroom@${version} is on npm, put its archive into the repository (npm pack --workspace chartroom makes it, in a clone of Chartroom) and name that in the file: CHARTROOM: ./chartroom-${version}.tgz`
}

/** Writes a file that is not there yet. Throws `CONFLICT` where it is, unless forced, and `USAGE` for a folder. */
export async function writePipeline(path: string, text: string, force: boolean): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new ChartroomError('USAGE', `${path} is a folder`, {
      hint: 'Name a file, such as --output ci/chart.yml.',
    })
  }
  await mkdir(dirname(path), { recursive: true })
  if (force) await rm(path, { force: true })
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new ChartroomError('CONFLICT', `${path} is there already`, {
      hint: 'Pass --force to replace it, or --output FILE to write another.',
    })
  }
}

/** The git root, because paths in a pipeline begin there; without one, the working folder. */
function rootOf(cwd: string): string {
  for (let current = resolve(cwd); ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current
    if (dirname(current) === current) return resolve(cwd)
  }
}

// A folder that a pipeline fills is gone with its machine.
function destinationsOf(project: Project | undefined): { reachable: string[]; warnings: string[] } {
  const all = (project?.destinations ?? []).map(({ to }) => to)
  const folders = all.filter((to) => !/^(oci|git\+[a-z]+):\/\//.test(to))
  if (folders.length === 0) return { reachable: all, warnings: [] }
  const warning = `${folders.join(', ')} of chartroom.yaml is a folder, which is lost with the machine of a pipeline: it publishes to the standard places of this repository instead. List none but registries and git+https:// branches to have those of chartroom.yaml.`
  return { reachable: [], warnings: [warning] }
}

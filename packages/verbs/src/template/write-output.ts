import { statSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { stringBytes } from '@chartroom/go'
import type { OutputOptions, OutputPart, Rendered } from '@chartroom/template'
import { hookParts, partText, releaseParts } from '@chartroom/template'

export interface OutputFolder extends OutputOptions {
  /** Where the files go; made when absent. */
  readonly folder: string
  /** A folder of the release's name around the templates' files; helm leaves CRDs outside of it. */
  readonly releaseName?: string | undefined
}

/**
 * Writes what a chart gave into a file for each template, as `helm template --output-dir` does; documents of one
 * file are put one after the other. Gives the paths in the order of writing, one for each document.
 */
export async function writeRendered(rendered: Rendered, output: OutputFolder): Promise<string[]> {
  const { folder, releaseName, ...options } = output
  const inner = releaseName === undefined ? folder : join(folder, releaseName)
  const crds = options.includeCrds === true ? rendered.crds : []
  const parts = [
    ...releaseParts(rendered, { ...options, includeCrds: false }),
    ...hookParts(rendered, options),
  ]
  const placed = [
    ...crds.map((part) => ({ part, path: `${folder}/${part.path}` })),
    ...parts.map((part) => ({ part, path: `${inner}/${part.path}` })),
  ]
  await writeAll(folder, texts(placed))
  return placed.map(({ path }) => path)
}

/** The text of each file, in the order of writing. */
function texts(placed: readonly { part: OutputPart; path: string }[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const { part, path } of placed) files.set(path, (files.get(path) ?? '') + partText(part))
  return files
}

/** Writes all files beside their places before the first is put there, so that a full disk leaves none of them. */
async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const path of files.keys()) refuseFolder(path)
  await mkdir(folder, { recursive: true })
  const staging = await mkdtemp(join(folder, '.chartroom-'))
  try {
    const staged = [...files].map(([path, text], index) => ({ path, text, from: join(staging, `${index}`) }))
    for (const { from, text } of staged) await writeFile(from, stringBytes(text))
    for (const { from, path } of staged) {
      await mkdir(dirname(path), { recursive: true })
      await rename(from, path)
    }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

function refuseFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() !== true) return
  throw new ChartroomError('IO', `${path} is a folder, and a template writes a file there`, {
    hint: 'Give another --output-dir.',
  })
}

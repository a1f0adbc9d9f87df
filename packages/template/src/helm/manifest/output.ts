import { matchGlob } from '@chartroom/chart'
import { renderError } from '../error.ts'
import type { Rendered } from '../render.ts'
import { trimSpace } from '@chartroom/go'
import type { Hook } from './hook.ts'
import { splitManifests, splitManifestsAsHelm3 } from './split.ts'

export interface OutputOptions {
  readonly includeCrds?: boolean | undefined
  /** Leave all hooks out. */
  readonly noHooks?: boolean | undefined
  /** Leave hooks of tests out. */
  readonly skipTests?: boolean | undefined
  /** Only what these files gave: paths in the chart, with `*` and `?`. */
  readonly showOnly?: readonly string[] | undefined
}

/** A part of the output with the file that it came from. */
export interface OutputPart {
  readonly path: string
  readonly content: string
}

/** What `helm template` prints. Throws `RENDER_FAILED` when a file of `showOnly` gave nothing. */
export function formatRendered(rendered: Rendered, options: OutputOptions = {}): string {
  const manifests = releaseParts(rendered, options).map(partText).join('')
  const hooks = hookParts(rendered, options).map(partText).join('')
  const text = `${trimSpace(manifests)}\n${hooks}`
  const wanted = options.showOnly ?? []
  return wanted.length === 0 ? text : onlyFrom(splitManifests(text), wanted)
}

/**
 * What `helm template --post-renderer PROGRAM` prints: what the program made of the release, and the hooks, which it
 * does not see. Of Helm 3.21.4, because Helm 4 runs no programs here. Throws as `formatRendered` does.
 */
export function formatPostRendered(made: string, rendered: Rendered, options: OutputOptions = {}): string {
  const text = `${trimSpace(made)}\n${hookParts(rendered, options).map(partText).join('')}`
  const wanted = options.showOnly ?? []
  return wanted.length === 0 ? text : onlyFrom(splitManifestsAsHelm3(text), wanted)
}

/** What belongs to the release, in the order of installing. */
export function releaseParts(rendered: Rendered, { includeCrds }: OutputOptions): OutputPart[] {
  return [...(includeCrds === true ? rendered.crds : []), ...rendered.manifests]
}

export function hookParts({ hooks }: Rendered, { noHooks, skipTests }: OutputOptions): OutputPart[] {
  if (noHooks === true) return []
  return hooks.filter((hook) => skipTests !== true || !isTest(hook))
}

export function partText({ path, content }: OutputPart): string {
  return `---\n# Source: ${path}\n${content}\n`
}

function isTest({ events }: Hook): boolean {
  return events.includes('test')
}

function onlyFrom(manifests: readonly string[], wanted: readonly string[]): string {
  return wanted
    .flatMap((pattern) => {
      const found = manifests.filter((manifest) => matchGlob(pattern, sourceOf(manifest)) === true)
      if (found.length > 0) return found
      throw renderError(`could not find template ${pattern} in chart`, {
        hint: 'Give a path in the chart such as templates/service.yaml; what renders to nothing is not found.',
      })
    })
    .map((manifest) => `---\n${manifest}\n`)
    .join('')
}

/** The path in its chart of the file that a manifest came from. */
function sourceOf(manifest: string): string {
  return /# Source: [^/\n]+\/(.+)/.exec(manifest)?.[1] ?? '\0'
}

import { compareBytes, trimSpace } from '@chartroom/go'
import type { Warn } from '../warning.ts'
import type { ManifestHead } from './head.ts'
import { readHead } from './head.ts'
import type { Hook } from './hook.ts'
import { hookEvents, hookOf } from './hook.ts'
import { sortByKind } from './order.ts'
import { splitManifests, splitManifestsAsHelm3 } from './split.ts'

/** One document of a template's output. */
export interface Manifest {
  /** `chart/templates/file.yaml`, through `charts/` for a subchart. */
  readonly path: string
  readonly content: string
  readonly kind: string
}

export interface Sorted {
  readonly manifests: readonly Manifest[]
  readonly hooks: readonly Hook[]
}

/**
 * Splits rendered files into manifests and hooks, in the order of installing. Throws `RENDER_FAILED` for what
 * is no YAML map, in Helm's words.
 */
export function sortManifests(files: ReadonlyMap<string, string>, warn: Warn, asHelm3 = false): Sorted {
  const split = asHelm3 ? splitManifestsAsHelm3 : splitManifests
  const manifests: Manifest[] = []
  const hooks: Hook[] = []
  for (const path of [...files.keys()].sort(compareBytes)) {
    const text = files.get(path) ?? ''
    if (isPartial(path) || trimSpace(text) === '') continue
    for (const content of split(text)) {
      const head = readHead(path, content)
      const found = hookFound({ path, content }, head, warn)
      if (found === undefined) manifests.push({ path, content, kind: head.kind })
      else if (found !== 'unknown') hooks.push(found)
    }
  }
  return {
    manifests: sortByKind(manifests, ({ kind }) => kind, asHelm3),
    hooks: sortByKind(hooks, ({ kind }) => kind, asHelm3),
  }
}

function hookFound(
  document: { path: string; content: string },
  head: ManifestHead,
  warn: Warn,
): Hook | 'unknown' | undefined {
  const types = hookEvents(head)
  if (types === undefined) return undefined
  if (types === 'unknown') {
    warn(
      `skipping unknown hooks hookTypes=${head.annotations?.get('helm.sh/hook') ?? ''} in ${document.path}`,
    )
    return 'unknown'
  }
  return hookOf(document, head, types)
}

function isPartial(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith('_')
}

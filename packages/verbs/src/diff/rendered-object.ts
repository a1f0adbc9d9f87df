import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { Value } from '@chartroom/go'
import type { OutputOptions, Rendered } from '@chartroom/template'
import { hookParts } from '@chartroom/template'
import { limits } from '../limits.ts'
import type { ObjectData } from './object-data.ts'
import { isData, readDocuments } from './object-data.ts'

/** One object of a render, in the order that Helm installs them: CRDs, manifests, hooks. */
export interface RenderedObject {
  readonly apiVersion: string
  readonly kind: string
  /** As the object says it; undefined where it says none. */
  readonly namespace: string | undefined
  /** `generateName` where there is no name. */
  readonly name: string
  /** The file that gave it, as helm writes it behind `# Source:`. */
  readonly path: string
  /** Undefined for a file of `crds/` that is no YAML, of which nothing else is known. */
  readonly data: ObjectData | undefined
  /** As it was given. */
  readonly text: string
}

export interface ObjectOptions extends Pick<OutputOptions, 'noHooks' | 'skipTests'> {
  /** Leave the files of `crds/` out. */
  readonly skipCrds?: boolean | undefined
}

/** The objects of a render; lists are taken apart. Throws `LIMIT_EXCEEDED` where there are too many. */
export function renderedObjects(rendered: Rendered, options: ObjectOptions = {}): RenderedObject[] {
  const parts = [
    ...(options.skipCrds === true ? [] : rendered.crds),
    ...rendered.manifests,
    ...hookParts(rendered, options),
  ]
  const objects: RenderedObject[] = []
  for (const { path, content } of parts) {
    objects.push(...objectsOf({ path, text: content }))
    requireFew(objects.length)
  }
  return objects
}

interface Origin {
  readonly path: string
  readonly text: string
}

function objectsOf(origin: Origin): RenderedObject[] {
  let documents: Value[]
  try {
    documents = readDocuments(origin.text)
  } catch (error) {
    // Helm reads no file of crds/ before it sends it to a cluster. Templates have been read already.
    if (asChartroomError(error).code !== 'YAML_INVALID') throw error
    return [{ apiVersion: '', kind: '', namespace: undefined, name: '', ...origin, data: undefined }]
  }
  return documents.flatMap((data) => (isData(data) && data.size > 0 ? flat(data, origin) : []))
}

/** The members of a list, as `kubectl get -o yaml` and some charts write them, and of lists in it. */
function flat(data: ObjectData, origin: Origin, depth = 0): RenderedObject[] {
  const items = data.get('items')
  const kind = textOf(data.get('kind'))
  if (!kind.endsWith('List') || !Array.isArray(items)) return [objectOf(data, origin)]
  if (depth === limits.listDepth) {
    throw new ChartroomError('LIMIT_EXCEEDED', `${origin.path}: lists are nested more than ${depth} deep`, {
      hint: 'Write the objects of the lists as documents of their own.',
    })
  }
  requireFew(items.length)
  return items.filter(isData).flatMap((item) => flat(asMember(item, data, kind), origin, depth + 1))
}

/** Members of a list of one kind may leave out what the list has said. */
function asMember(item: ObjectData, list: ObjectData, kind: string): ObjectData {
  if (kind === 'List' || item.has('kind')) return item
  const said: [string, Value][] = [
    ['apiVersion', list.get('apiVersion') ?? ''],
    ['kind', kind.slice(0, -'List'.length)],
  ]
  return new Map([...said, ...item])
}

function objectOf(data: ObjectData, origin: Origin): RenderedObject {
  const given = data.get('metadata')
  const metadata: ObjectData = isData(given) ? given : new Map()
  const namespace = textOf(metadata.get('namespace'))
  return {
    apiVersion: textOf(data.get('apiVersion')),
    kind: textOf(data.get('kind')),
    namespace: namespace === '' ? undefined : namespace,
    name: textOf(metadata.get('name')) || textOf(metadata.get('generateName')),
    ...origin,
    data,
  }
}

function textOf(value: Value | undefined): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : ''
}

function requireFew(count: number): void {
  if (count <= limits.comparedObjects) return
  throw new ChartroomError('LIMIT_EXCEEDED', `there are more than ${limits.comparedObjects} objects`, {
    hint: 'Compare the parts of the chart one by one, with values that switch the others off.',
  })
}

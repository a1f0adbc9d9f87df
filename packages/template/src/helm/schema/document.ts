import type { Value, ValueMap } from '@chartroom/go'
import { ChartroomError } from '@chartroom/errors'
import { quote } from '@chartroom/go'
import { limits } from '../limits.ts'
import type { Draft } from './draft.ts'
import { draftOfAddress, subschemas } from './draft.ts'
import { SchemaError } from './schema-error.ts'

/** A schema with an address of its own: the document, or what has an `$id` in it. */
export interface Resource {
  readonly pointer: string
  readonly address: string
  readonly draft: Draft
  /** Pointers by name. */
  readonly anchors: Map<string, string>
  readonly dynamicAnchors: Set<string>
}

interface Surroundings {
  readonly base: string
  readonly draft: Draft
  readonly depth: number
}

/** A text of JSON with the resources and anchors in it. */
export class SchemaDocument {
  readonly address: string
  readonly root: Value
  /** By pointer. */
  readonly #resources = new Map<string, Resource>()
  readonly #byAddress = new Map<string, Resource>()
  readonly #places = new Set<string>()

  constructor(address: string, root: Value) {
    this.address = address
    this.root = root
    this.#collect(root, '', { base: address, draft: 2020, depth: 0 })
  }

  /** True for the places that keywords of schemas lead to. */
  isKnownPlace(pointer: string): boolean {
    return this.#places.has(pointer)
  }

  /** The resource that a place belongs to. */
  resourceAt(pointer: string): Resource {
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const found = this.#resources.get(at)
      if (found !== undefined) return found
      if (at === '') throw new Error('a document has a root')
    }
  }

  resourceOf(address: string): Resource | undefined {
    if (address === this.address) return this.#resources.get('')
    return this.#byAddress.get(address)
  }

  /** What a pointer leads to. Throws `SchemaError`. */
  lookup(pointer: string): Value {
    let value = this.root
    for (const token of pointer.split('/').slice(1)) {
      const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
      if (value instanceof Map && value.has(name)) value = value.get(name)
      else if (Array.isArray(value) && /^\d+$/.test(name) && Number(name) < value.length)
        value = value[Number(name)]
      else throw new SchemaError(`json-pointer in ${quote(`${this.address}#${pointer}`)} not found`)
    }
    return value
  }

  #collect(value: Value, pointer: string, { base, draft, depth }: Surroundings): void {
    if (depth > limits.schemaDepth) throw tooDeep()
    this.#places.add(pointer)
    if (!(value instanceof Map)) {
      if (pointer === '') this.#add('', base, draft)
      return
    }
    const schema: ValueMap = value
    const own = this.#ownDraft(schema, draft, pointer)
    const id = idOf(schema, own)
    const isResource = id !== '' || pointer === ''
    const address = id === '' ? base : joinAddress(base, id).address
    const inherited = id === '' && pointer !== '' ? draft : own
    if (isResource) this.#add(pointer, address, inherited)
    this.#anchors(schema, pointer, inherited)
    for (const below of subschemas(schema, inherited)) {
      this.#collect(below.schema, pointer + below.pointer, {
        base: address,
        draft: inherited,
        depth: depth + 1,
      })
    }
  }

  #ownDraft(schema: ValueMap, fallback: Draft, pointer: string): Draft {
    const address = schema.get('$schema')
    if (typeof address !== 'string') return fallback
    const draft = draftOfAddress(address)
    if (draft === undefined) {
      throw new SchemaError(`${address}, the $schema in "${this.address}#${pointer}", is not fetched`)
    }
    return draft
  }

  #add(pointer: string, address: string, draft: Draft): void {
    const resource = { pointer, address, draft, anchors: new Map(), dynamicAnchors: new Set<string>() }
    this.#resources.set(pointer, resource)
    if (!this.#byAddress.has(address)) this.#byAddress.set(address, resource)
  }

  #anchors(schema: ValueMap, pointer: string, draft: Draft): void {
    const { anchors, dynamicAnchors } = this.resourceAt(pointer)
    const add = (name: unknown): void => {
      if (typeof name === 'string' && name !== '' && !name.startsWith('/')) anchors.set(name, pointer)
    }
    if (draft < 2019) {
      const id = schema.get(draft === 4 ? 'id' : '$id')
      if (!schema.has('$ref') && typeof id === 'string') add(id.split('#')[1])
      return
    }
    add(schema.get('$anchor'))
    const dynamic = schema.get('$dynamicAnchor')
    if (draft < 2020 || typeof dynamic !== 'string') return
    add(dynamic)
    dynamicAnchors.add(dynamic)
  }
}

function tooDeep(): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `the schema is nested more than ${limits.schemaDepth} deep`, {
    hint: 'Name parts of it in $defs, and refer to them with $ref.',
  })
}

function idOf(schema: ValueMap, draft: Draft): string {
  if (draft < 2019 && schema.has('$ref')) return ''
  const id = schema.get(draft === 4 ? 'id' : '$id')
  return typeof id === 'string' ? (id.split('#')[0] ?? '') : ''
}

/** A reference as seen from a base, with its fragment apart. Throws `SchemaError`. */
export function joinAddress(base: string, reference: string): { address: string; fragment: string } {
  const [path = '', fragment = ''] = splitOnce(reference, '#')
  try {
    const address = path === '' ? base : new URL(path, base).href
    return { address, fragment: decodeURIComponent(fragment) }
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof URIError)) throw error
    throw new SchemaError(`${JSON.stringify(reference)} is no address`, { cause: error })
  }
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

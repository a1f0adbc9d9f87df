import type { Regexp, Value, ValueMap } from '@chartroom/go'
import { compileRegexp, quote, RegexpSyntaxError } from '@chartroom/go'
import { limits } from '../limits.ts'
import type { Draft } from './draft.ts'
import { escapeToken } from './draft.ts'
import type { Resource } from './document.ts'
import { joinAddress, SchemaDocument } from './document.ts'
import type { SchemaNode } from './node.ts'
import { readArray, readNumber, readObject, readString } from './keywords.ts'
import { SchemaError } from './schema-error.ts'

/** Where documents that are not the chart's own come from. */
export interface DocumentSource {
  /** A document that is known without asking, such as a draft's own schema. */
  (address: string): Value
}

export interface CompilerOptions {
  readonly known: DocumentSource
  /** Throws `SchemaError` where a reference leads to what is no schema: only where keywords lead has been looked
   * at before. */
  readonly require?: ((document: SchemaDocument, pointer: string) => void) | undefined
  /** Formats count from 2019 on too, which only the drafts' own schemas ask for. */
  readonly assertFormat?: boolean | undefined
}

/** Makes the schemas of documents ready; each place once, so that references may go round in circles. */
export class SchemaCompiler {
  readonly assertFormat: boolean
  readonly #documents = new Map<string, SchemaDocument>()
  readonly #nodes = new Map<string, SchemaNode>()
  readonly #known: DocumentSource
  readonly #require: CompilerOptions['require']
  #count = 0

  constructor({ known, require, assertFormat = false }: CompilerOptions) {
    this.#known = known
    this.#require = require
    this.assertFormat = assertFormat
  }

  /** Throws `SchemaError`. */
  compile(document: SchemaDocument): SchemaNode {
    this.#documents.set(document.address, document)
    return this.node(document, '')
  }

  node(document: SchemaDocument, pointer: string): SchemaNode {
    const location = `${document.address}#${pointer}`
    const known = this.#nodes.get(location)
    if (known !== undefined) return known
    if (++this.#count > limits.schemaNodes) {
      throw new SchemaError(`the schema has more than ${limits.schemaNodes} parts`)
    }
    const node = {} as SchemaNode
    this.#nodes.set(location, node)
    const place = new Place(this, document, pointer)
    return Object.assign(node, place.read(location))
  }

  /** The schema that a reference means. */
  resolve(document: SchemaDocument, resource: Resource, reference: string): SchemaNode {
    const { address, fragment } = joinAddress(resource.address, reference)
    const target = document.resourceOf(address)
    if (target !== undefined) return this.#fragment(document, target, fragment)
    const other = this.#document(address)
    return this.#fragment(other, other.resourceAt(''), fragment)
  }

  #document(address: string): SchemaDocument {
    const known = this.#documents.get(address)
    if (known !== undefined) return known
    const root = this.#known(address)
    if (root === undefined)
      throw new SchemaError(
        `failing loading ${quote(address)}: references to other documents are not followed`,
      )
    const document = new SchemaDocument(address, root)
    this.#documents.set(address, document)
    return document
  }

  #fragment(document: SchemaDocument, resource: Resource, fragment: string): SchemaNode {
    if (fragment === '' || fragment.startsWith('/')) {
      const place = resource.pointer + fragment
      if (!document.isKnownPlace(place)) this.#require?.(document, place)
      return this.node(document, place)
    }
    const pointer = resource.anchors.get(fragment)
    if (pointer !== undefined) return this.node(document, pointer)
    throw new SchemaError(
      `anchor in ${quote(`${resource.address}#${fragment}`)} not found in schema ${quote(document.address)}`,
    )
  }
}

/** One schema in its document, while its keywords are read. */
export class Place {
  readonly #compiler: SchemaCompiler
  readonly #document: SchemaDocument
  readonly #pointer: string
  readonly #resource: Resource
  schema: ValueMap

  constructor(compiler: SchemaCompiler, document: SchemaDocument, pointer: string) {
    this.#compiler = compiler
    this.#document = document
    this.#pointer = pointer
    this.#resource = document.resourceAt(pointer)
    const value = document.lookup(pointer)
    this.schema = value instanceof Map ? value : new Map()
  }

  get draft(): Draft {
    return this.#resource.draft
  }

  read(location: string): SchemaNode {
    const value = this.#document.lookup(this.#pointer)
    const ref = this.#reference('$ref')
    // Before 2019, all that stands beside a reference is passed over.
    const keywords = ref !== undefined && this.draft < 2019 ? this.#bare() : this
    return {
      location,
      draft: this.draft,
      resource: this.#resourceLinks(),
      always: typeof value === 'boolean' ? value : undefined,
      ref,
      ...keywords.#dynamic(),
      ...keywords.#anyKind(),
      object: readObject(keywords),
      array: readArray(keywords),
      string: readString(keywords),
      number: readNumber(keywords),
      not: keywords.one('not'),
      allOf: keywords.list('allOf'),
      anyOf: keywords.list('anyOf'),
      oneOf: keywords.list('oneOf'),
      condition: keywords.#condition(),
    }
  }

  #bare(): Place {
    const bare = new Place(this.#compiler, this.#document, this.#pointer)
    const only = this.schema.get('const')
    // Helm's library looks at this one all the same, from draft 6 on.
    if (only !== undefined && this.draft >= 6) bare.schema = new Map([['const', only]])
    else bare.schema = new Map()
    return bare
  }

  #resourceLinks(): SchemaNode['resource'] {
    const { pointer, anchors, dynamicAnchors } = this.#resource
    return {
      root: () => this.#compiler.node(this.#document, pointer),
      dynamic: (anchor) =>
        dynamicAnchors.has(anchor)
          ? this.#compiler.node(this.#document, anchors.get(anchor) ?? pointer)
          : undefined,
    }
  }

  #dynamic(): Pick<SchemaNode, 'recursiveRef' | 'recursiveAnchor' | 'dynamicRef' | 'dynamicAnchor'> {
    const reference = this.schema.get('$dynamicRef')
    const node = this.draft === 2020 ? this.#reference('$dynamicRef') : undefined
    const fragment = typeof reference === 'string' ? (reference.split('#')[1] ?? '') : ''
    return {
      recursiveRef: this.draft === 2019 ? this.#reference('$recursiveRef') : undefined,
      recursiveAnchor: this.draft === 2019 && this.flag('$recursiveAnchor'),
      dynamicRef: node && { node, anchor: fragment.startsWith('/') ? '' : fragment },
      dynamicAnchor: this.draft === 2020 ? this.text('$dynamicAnchor') : undefined,
    }
  }

  #anyKind(): Pick<SchemaNode, 'types' | 'constant' | 'choices' | 'format'> {
    const type = this.schema.get('type')
    const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string')
    const choices = this.schema.get('enum')
    const value = this.schema.get('const')
    return {
      types: types.length === 0 ? undefined : types,
      constant: this.draft >= 6 && value !== undefined ? { value } : undefined,
      choices: Array.isArray(choices) ? choices : undefined,
      format: this.draft < 2019 || this.#compiler.assertFormat ? this.text('format') : undefined,
    }
  }

  #condition(): SchemaNode['condition'] {
    const condition = this.draft >= 7 ? this.one('if') : undefined
    if (condition === undefined) return undefined
    const [yes, no] = [this.one('then'), this.one('else')]
    return { test: condition, passed: yes, failed: no }
  }

  #reference(key: string): SchemaNode | undefined {
    const reference = this.text(key)
    if (reference === undefined) return undefined
    return this.#compiler.resolve(this.#document, this.#resource, reference)
  }

  /** The schema under a keyword. */
  one(key: string): SchemaNode | undefined {
    return this.schema.has(key) ? this.#below(escapeToken(key)) : undefined
  }

  /** The list of schemas under a keyword; empty where it has none. */
  list(key: string): SchemaNode[] {
    const list = this.schema.get(key)
    return Array.isArray(list) ? list.map((_, index) => this.#below(`${key}/${index}`)) : []
  }

  /** The schemas by name under a keyword. */
  map(key: string): Map<string, SchemaNode> {
    const map = this.schema.get(key)
    if (!(map instanceof Map)) return new Map()
    return new Map([...map.keys()].map((name) => [name, this.#below(`${key}/${escapeToken(name)}`)]))
  }

  #below(path: string): SchemaNode {
    return this.#compiler.node(this.#document, `${this.#pointer}/${path}`)
  }

  flag(key: string): boolean {
    return this.schema.get(key) === true
  }

  text(key: string): string | undefined {
    const value = this.schema.get(key)
    return typeof value === 'string' ? value : undefined
  }

  number(key: string): number | undefined {
    const value = this.schema.get(key)
    return typeof value === 'number' ? value : undefined
  }

  whole(key: string): number | undefined {
    const value = this.number(key)
    return value !== undefined && Number.isInteger(value) ? value : undefined
  }

  texts(key: string): string[] {
    const list = this.schema.get(key)
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
  }

  regexp(expression: string, key: string): Regexp {
    try {
      return compileRegexp(expression)
    } catch (error) {
      if (!(error instanceof RegexpSyntaxError)) throw error
      const place = `${this.#document.address}#${this.#pointer}/${key}`
      throw new SchemaError(`invalid regex ${quote(expression)} at ${quote(place)}: ${error.message}`, {
        cause: error,
      })
    }
  }
}

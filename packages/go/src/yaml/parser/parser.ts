import { ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'
import type { YamlNode } from './node.ts'
import type { Mark } from './reader.ts'
import { Scanner } from './scanner.ts'
import { parseError, YamlSyntaxError } from './syntax-error.ts'
import type { Token, TokenKind } from './token.ts'

/** What stands before a node. */
interface Properties {
  readonly start: Mark
  readonly anchor: string
  readonly tag: string
}

/** Makes nodes of a text, as go-yaml's parser does (parserc.go), with its errors. */
export class YamlParser {
  readonly #scanner: Scanner
  #handles = new Map<string, string>()
  #anchors = new Map<string, YamlNode>()
  #depth = 0
  #isFirst = true

  constructor(text: string) {
    this.#scanner = new Scanner(text)
  }

  /** The next document; undefined at the end. Throws `YamlSyntaxError`. */
  document(): YamlNode | undefined {
    if (!this.#isFirst) while (this.#is('document end')) this.#scanner.take()
    if (this.#is('stream end')) return undefined
    this.#anchors = new Map()
    const node = this.#content()
    if (this.#is('document end')) this.#scanner.take()
    this.#handles = new Map()
    this.#isFirst = false
    return node
  }

  #content(): YamlNode {
    const isExplicit = !this.#isFirst || this.#is('version directive', 'tag directive', 'document start')
    this.#directives()
    if (!isExplicit) return this.#node({ isBlock: true, indentless: false })
    if (!this.#is('document start')) {
      throw parseError('did not find expected <document start>', this.#scanner.peek().start)
    }
    this.#scanner.take()
    if (this.#is('version directive', 'tag directive', 'document start', 'document end', 'stream end')) {
      return emptyScalar(this.#scanner.peek().start)
    }
    return this.#node({ isBlock: true, indentless: false })
  }

  #directives(): void {
    let hasVersion = false
    while (this.#is('version directive', 'tag directive')) {
      const token = this.#scanner.peek()
      if (token.kind === 'version directive') {
        if (hasVersion) throw parseError('found duplicate %YAML directive', token.start)
        if (token.value !== '1.1') throw parseError('found incompatible YAML document', token.start)
        hasVersion = true
      } else {
        if (this.#handles.has(token.value)) throw parseError('found duplicate %TAG directive', token.start)
        this.#handles.set(token.value, token.suffix)
      }
      this.#scanner.take()
    }
    if (!this.#handles.has('!')) this.#handles.set('!', '!')
    if (!this.#handles.has('!!')) this.#handles.set('!!', 'tag:yaml.org,2002:')
  }

  #node({ isBlock, indentless }: { isBlock: boolean; indentless: boolean }): YamlNode {
    if (++this.#depth > limits.depth) {
      throw new ChartroomError('LIMIT_EXCEEDED', `the YAML is nested more than ${limits.depth} deep`)
    }
    const node = this.#is('alias') ? this.#alias() : this.#anchored({ isBlock, indentless })
    this.#depth--
    return node
  }

  #alias(): YamlNode {
    const { start, value } = this.#scanner.take()
    const target = this.#anchors.get(value)
    if (target === undefined) throw new YamlSyntaxError(`unknown anchor '${value}' referenced`)
    return { ...emptyScalar(start), kind: 'alias', value, target }
  }

  #anchored(place: { isBlock: boolean; indentless: boolean }): YamlNode {
    const properties = this.#properties()
    const token = this.#scanner.peek()
    const { anchor, tag, start } = properties
    if (token.kind === 'scalar') {
      this.#scanner.take()
      const implicit = (tag === '' && token.isPlain) || tag === '!'
      return this.#named(anchor, { ...emptyScalar(start), tag, value: token.value, implicit })
    }
    const fill = this.#collection(token.kind, place)
    if (fill !== undefined) {
      const kind = token.kind.includes('mapping') ? 'mapping' : 'sequence'
      const node: YamlNode = { ...emptyScalar(start), kind, tag, implicit: false, children: [] }
      this.#named(anchor, node)
      fill(node.children)
      return node
    }
    if (anchor !== '' || tag !== '') {
      return this.#named(anchor, { ...emptyScalar(start), tag, implicit: tag === '' })
    }
    throw parseError('did not find expected node content', token.start, start)
  }

  /** Known before the content of a collection is read, so that it can be inside itself. */
  #named(anchor: string, node: YamlNode): YamlNode {
    if (anchor !== '') this.#anchors.set(anchor, node)
    return node
  }

  #properties(): Properties {
    const first = this.#scanner.peek()
    let [anchor, tag] = ['', '']
    if (this.#is('anchor')) {
      anchor = this.#scanner.take().value
      if (this.#is('tag')) tag = this.#tag(this.#scanner.take(), first.start)
    } else if (this.#is('tag')) {
      const token = this.#scanner.take()
      if (this.#is('anchor')) anchor = this.#scanner.take().value
      tag = this.#tag(token, first.start)
    }
    return { start: first.start, anchor, tag }
  }

  #tag({ value, suffix, start }: Token, nodeStart: Mark): string {
    if (value === '') return suffix
    const prefix = this.#handles.get(value)
    if (prefix === undefined) throw parseError('found undefined tag handle', start, nodeStart)
    return prefix + suffix
  }

  /** What reads the collection that a token begins. */
  #collection(
    kind: TokenKind,
    { isBlock, indentless }: { isBlock: boolean; indentless: boolean },
  ): ((children: YamlNode[]) => void) | undefined {
    switch (kind) {
      case 'block entry':
        return indentless ? (children) => this.#indentlessSequence(children) : undefined
      case 'flow sequence start':
        return (children) => this.#flowSequence(children)
      case 'flow mapping start':
        return (children) => this.#flowMapping(children)
      case 'block sequence start':
        return isBlock ? (children) => this.#blockSequence(children) : undefined
      case 'block mapping start':
        return isBlock ? (children) => this.#blockMapping(children) : undefined
      default:
        return undefined
    }
  }

  #blockSequence(children: YamlNode[]): void {
    const { start } = this.#scanner.take()
    while (this.#is('block entry')) {
      const { end } = this.#scanner.take()
      children.push(this.#blockNode(end, ['block entry', 'block end'], false))
    }
    if (!this.#is('block end')) {
      throw parseError("did not find expected '-' indicator", this.#scanner.peek().start, start)
    }
    this.#scanner.take()
  }

  #indentlessSequence(children: YamlNode[]): void {
    while (this.#is('block entry')) {
      const { end } = this.#scanner.take()
      children.push(this.#blockNode(end, ['block entry', 'key', 'value', 'block end'], false))
    }
  }

  #blockMapping(children: YamlNode[]): void {
    const { start } = this.#scanner.take()
    while (this.#is('key')) {
      const { end } = this.#scanner.take()
      children.push(this.#blockNode(end, ['key', 'value', 'block end'], true))
      const { kind, start: after, end: behind } = this.#scanner.peek()
      if (kind === 'value') {
        this.#scanner.take()
        children.push(this.#blockNode(behind, ['key', 'value', 'block end'], true))
      } else {
        children.push(emptyScalar(after))
      }
    }
    if (!this.#is('block end')) {
      throw parseError('did not find expected key', this.#scanner.peek().start, start)
    }
    this.#scanner.take()
  }

  /** A node of a block, or nothing where one of these follows. */
  #blockNode(mark: Mark, enders: readonly TokenKind[], indentless: boolean): YamlNode {
    return this.#is(...enders) ? emptyScalar(mark) : this.#node({ isBlock: true, indentless })
  }

  #flowSequence(children: YamlNode[]): void {
    const { start } = this.#scanner.take()
    for (let isFirst = true; !this.#is('flow sequence end'); isFirst = false) {
      if (!isFirst) this.#flowEntry("did not find expected ',' or ']'", start)
      if (this.#is('key')) children.push(this.#flowPair())
      else if (!this.#is('flow sequence end')) children.push(this.#flowNode())
    }
    this.#scanner.take()
  }

  /** A mapping of one pair, inside a list without braces of its own. */
  #flowPair(): YamlNode {
    const { start } = this.#scanner.take()
    const node: YamlNode = { ...emptyScalar(start), kind: 'mapping', implicit: false, children: [] }
    if (this.#is('value', 'flow entry', 'flow sequence end')) {
      // go-yaml takes the token that ends the key, whatever it is.
      node.children.push(emptyScalar(this.#scanner.take().end))
    } else {
      node.children.push(this.#flowNode())
    }
    node.children.push(this.#flowValue('flow sequence end'))
    return node
  }

  #flowMapping(children: YamlNode[]): void {
    const { start } = this.#scanner.take()
    for (let isFirst = true; !this.#is('flow mapping end'); isFirst = false) {
      if (!isFirst) this.#flowEntry("did not find expected ',' or '}'", start)
      if (this.#is('key')) {
        this.#scanner.take()
        const isEmpty = this.#is('value', 'flow entry', 'flow mapping end')
        children.push(isEmpty ? emptyScalar(this.#scanner.peek().start) : this.#flowNode())
        children.push(this.#flowValue('flow mapping end'))
      } else if (!this.#is('flow mapping end')) {
        children.push(this.#flowNode(), emptyScalar(this.#scanner.peek().start))
      }
    }
    this.#scanner.take()
  }

  #flowEntry(problem: string, start: Mark): void {
    if (!this.#is('flow entry')) throw parseError(problem, this.#scanner.peek().start, start)
    this.#scanner.take()
  }

  #flowValue(ender: TokenKind): YamlNode {
    if (this.#is('value')) {
      this.#scanner.take()
      if (!this.#is('flow entry', ender)) return this.#flowNode()
    }
    return emptyScalar(this.#scanner.peek().start)
  }

  #flowNode(): YamlNode {
    return this.#node({ isBlock: false, indentless: false })
  }

  #is(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.#scanner.peek().kind)
  }
}

function emptyScalar({ line }: Mark): YamlNode {
  return { kind: 'scalar', line, tag: '', value: '', implicit: true, children: [] }
}

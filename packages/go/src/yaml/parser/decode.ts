import { ChartroomError } from '@chartroom/errors'
import { compareBytes } from '../../bytes.ts'
import { quote } from '../../fmt/quote.ts'
import { goSyntax } from './go-syntax.ts'
import { formatFloat32 } from '../../number.ts'
import { limits } from '../limits.ts'
import type { ReadOptions } from '../read.ts'
import type { YamlMap, YamlValue } from '../value.ts'
import type { YamlNode } from './node.ts'
import { YamlSyntaxError } from './syntax-error.ts'
import { scalarValue } from './tags.ts'

/** Makes values of nodes, as go-yaml's decoder and sigs.k8s.io/yaml's way through JSON do together. */
export class Decoder {
  readonly #options: ReadOptions
  /** Keys that stand twice in a map, when that is an error. */
  readonly duplicates: string[] = []
  /** Keys that JSON has not. Undefined where what holds the key has been replaced by another of its name. */
  readonly #unlikeKeys: (UnlikeKey | undefined)[] = []
  /** Where in it each value of a map begins and ends; the values of such keys themselves are under `undefined`. */
  readonly #unlikeIn = new Map<YamlMap, Map<string | undefined, Range>>()
  #holdsInfinity = false
  readonly #open = new Set<YamlNode>()
  #count = 0
  #aliased = 0

  constructor(options: ReadOptions) {
    this.#options = options
  }

  /** Throws `YamlSyntaxError` and `LIMIT_EXCEEDED`. */
  value(node: YamlNode): YamlValue {
    this.#counted()
    switch (node.kind) {
      case 'scalar':
        return this.#plain(scalarValue(node, this.#options.numberTexts === true))
      case 'sequence':
        return node.children.map((child) => this.value(child))
      case 'mapping':
        return this.#mapping(node, Object.create(null) as YamlMap)
      case 'alias':
        return this.#within(node, (target) => this.value(target))
    }
  }

  #counted(): void {
    this.#count++
    if (this.#open.size > 0) this.#aliased++
    if (this.#count > limits.values) {
      throw new ChartroomError(
        'LIMIT_EXCEEDED',
        'the YAML holds too many values once its aliases are written out',
      )
    }
    if (this.#aliased <= 100 || this.#count <= 1000) return
    if (this.#aliased / this.#count > allowedRatio(this.#count)) {
      throw new YamlSyntaxError('document contains excessive aliasing')
    }
  }

  #within<T>(node: YamlNode, decode: (target: YamlNode) => T): T {
    if (this.#open.has(node)) throw new YamlSyntaxError(`anchor '${node.value}' value contains itself`)
    this.#open.add(node)
    const result = decode(node.target ?? node)
    this.#open.delete(node)
    return result
  }

  /** What is merged in replaces what stands before it, and is replaced by what follows. */
  #mapping(node: YamlNode, map: YamlMap): YamlMap {
    const { children } = node
    for (let i = 0; i + 1 < children.length; i += 2) {
      const [key, value] = [children[i] as YamlNode, children[i + 1] as YamlNode]
      if (isMerge(key)) {
        this.#merge(value, map)
        continue
      }
      const name = this.#key(key)
      if (typeof name !== 'string') {
        this.#refuse(map, { ...name, value })
        continue
      }
      if (this.#options.strict === true && name in map) {
        this.duplicates.push(`line ${value.line + 1}: key ${quote(name)} already set in map`)
        continue
      }
      this.#set(map, name, value)
    }
    return map
  }

  #set(map: YamlMap, name: string, node: YamlNode): void {
    const from = this.#forget(map, name)
    map[name] = this.value(node)
    this.#remember(map, name, from)
  }

  #refuse(map: YamlMap, key: UnlikeKey): void {
    const from = this.#forget(map, undefined)
    this.#unlikeKeys.push(key)
    this.value(key.value)
    this.#remember(map, undefined, from)
  }

  #forget(map: YamlMap, name: string | undefined): number {
    const [begin, end] = this.#unlikeIn.get(map)?.get(name) ?? [0, 0]
    this.#unlikeKeys.fill(undefined, begin, end)
    return this.#unlikeKeys.length
  }

  #remember(map: YamlMap, name: string | undefined, from: number): void {
    if (this.#unlikeKeys.length === from) return
    const places = this.#unlikeIn.get(map) ?? new Map<string | undefined, Range>()
    this.#unlikeIn.set(map, places.set(name, [from, this.#unlikeKeys.length]))
  }

  /** What JSON has not of a value that has been read: found out only after all of it has been. */
  unlikeJson(value: YamlValue): string | undefined {
    const key = this.#unlikeKeys.find((one) => one !== undefined)
    if (key !== undefined) {
      const written = goSyntax(key.value).replace(/^interface \{\}\(nil\)$/, '<nil>')
      return `unsupported map key of type: ${key.type}, key: ${key.text}, value: ${written}`
    }
    const name = this.#holdsInfinity ? infinityIn(value) : undefined
    return name === undefined ? undefined : `json: unsupported value: ${name}`
  }

  #merge(node: YamlNode, map: YamlMap): void {
    const target = node.kind === 'alias' ? node.target : node
    if (target?.kind === 'mapping') {
      this.#mergeOne(node, map)
    } else if (node.kind === 'sequence') {
      for (const child of node.children.toReversed()) {
        if ((child.kind === 'alias' ? child.target : child)?.kind !== 'mapping') throw wantsMap()
        this.#mergeOne(child, map)
      }
    } else {
      throw wantsMap()
    }
  }

  #mergeOne(node: YamlNode, map: YamlMap): void {
    this.#counted()
    if (node.kind === 'alias') this.#within(node, (target) => this.#mapping(target, map))
    else this.#mapping(node, map)
  }

  #key(node: YamlNode): string | Omit<UnlikeKey, 'value'> {
    this.#counted()
    if (node.kind === 'alias') return this.#within(node, (target) => this.#key(target))
    if (node.kind !== 'scalar') {
      this.value(node)
      throw new YamlSyntaxError(`invalid map key: ${goSyntax(node)}`)
    }
    const key = scalarValue(node, false)
    if (typeof key === 'string') return key
    if (typeof key === 'boolean') return String(key)
    if (typeof key === 'number') return Number.isSafeInteger(key) ? String(key) : formatFloat32(key)
    if (typeof key === 'bigint' && key < 2n ** 63n) return String(key)
    return key === null
      ? { type: '%!s(<nil>)', text: '<nil>' }
      : { type: 'uint64', text: `0x${key.toString(16)}` }
  }

  /** As it comes out of JSON: numbers are float64, and there is no infinity. */
  #plain(value: null | boolean | number | bigint | string): YamlValue {
    if (typeof value === 'bigint') return Number(value)
    if (typeof value === 'number' && !Number.isFinite(value)) this.#holdsInfinity = true
    return value
  }
}

interface UnlikeKey {
  readonly type: string
  readonly text: string
  readonly value: YamlNode
}

type Range = readonly [from: number, to: number]

/** Go's name of the first number that JSON has not, keys in their order. */
function infinityIn(value: YamlValue): string | undefined {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return undefined
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  }
  if (typeof value !== 'object' || value === null) return undefined
  const below = Array.isArray(value)
    ? value
    : Object.keys(value)
        .sort(compareBytes)
        .map((key) => value[key] ?? null)
  for (const one of below) {
    const found = infinityIn(one)
    if (found !== undefined) return found
  }
  return undefined
}

function isMerge({ kind, value, implicit, tag }: YamlNode): boolean {
  return kind === 'scalar' && value === '<<' && (implicit || tag === 'tag:yaml.org,2002:merge')
}

function wantsMap(): YamlSyntaxError {
  return new YamlSyntaxError('map merge requires map or sequence of maps as the value')
}

/** The share of values that may come of aliases: less and less from 400,000 values on, as in go-yaml. */
function allowedRatio(count: number): number {
  const [low, high] = [400_000, 4_000_000]
  if (count <= low) return 0.99
  return count >= high ? 0.1 : 0.99 - 0.89 * ((count - low) / (high - low))
}

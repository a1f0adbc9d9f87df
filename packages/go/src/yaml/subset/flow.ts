import type { ValueMap } from '../../value/value.ts'
import type { YamlMap } from '../value.ts'
import type { Lines, Maps, Read } from './lines.ts'
import { space } from './lines.ts'
import type { Piece } from './scalars.ts'
import { plainScalar, quoted, startsPlain } from './scalars.ts'
import { giveUp } from './unusual.ts'

/** A list or map in brackets that ends on its line. */
export function flow(lines: Lines, at: number): Piece<Read> {
  // Most are empty.
  if (lines.text.startsWith('[]', at)) return { value: [], end: at + 2 }
  if (lines.text.startsWith('{}', at)) return { value: emptyMap(lines.maps), end: at + 2 }
  const line = new FlowLine(lines, at)
  const value = line.value()
  return { value, end: line.at }
}

function emptyMap(maps: Maps): Read {
  return maps === 'objects' ? (Object.create(null) as YamlMap) : new Map()
}

const mostDepth = 20

class FlowLine {
  at: number
  readonly #text: string
  readonly #end: number
  readonly #maps: Maps
  #depth = 0

  constructor({ text, end, maps }: Lines, at: number) {
    this.#text = text
    this.#end = end
    this.#maps = maps
    this.at = at
  }

  value(): Read {
    const first = this.#peek()
    if (first === '"' || first === "'") return this.#quoted()
    if (first !== '[' && first !== '{') return this.#plain()
    if (++this.#depth > mostDepth) giveUp()
    this.at++
    const value = first === '[' ? this.#list() : this.#maps === 'objects' ? this.#object() : this.#table()
    this.at++
    this.#depth--
    return value
  }

  #list(): Read[] {
    const items: Read[] = []
    while (this.#peek() !== ']') {
      items.push(this.value())
      this.#separate(']')
    }
    return items
  }

  #object(): Read {
    const map: { [key: string]: Read } = Object.create(null)
    while (this.#peek() !== '}') {
      const key = this.#key()
      if (key in map) giveUp()
      map[key] = this.value()
      this.#separate('}')
    }
    return map as YamlMap
  }

  #table(): Read {
    const table = new Map<string, Read>()
    while (this.#peek() !== '}') {
      const key = this.#key()
      if (table.has(key)) giveUp()
      table.set(key, this.value())
      this.#separate('}')
    }
    return table as ValueMap
  }

  #key(): string {
    const first = this.#peek()
    const key = first === '"' || first === "'" ? this.#quoted() : this.#plain()
    if (typeof key !== 'string' || this.#peek() !== ':' || this.#text[this.at + 1] !== ' ') giveUp()
    this.at++
    return key
  }

  #quoted(): string {
    const { value, end } = quoted(this.#text, this.at, this.#end)
    this.at = end
    return value
  }

  // Words of letters, digits and a few marks; anything else has rules of its own inside brackets.
  #plain(): Read {
    if (!startsPlain(this.#text, this.at)) giveUp()
    plain.lastIndex = this.at
    const found = plain.exec(this.#text)?.[0]
    if (found === undefined || this.at + found.length > this.#end) giveUp()
    this.at += found.length
    return plainScalar(found)
  }

  #separate(close: string): void {
    const next = this.#peek()
    if (next === ',') {
      this.at++
      if (this.#peek() === ',') giveUp()
    } else if (next !== close) giveUp()
  }

  /** The next character that is no blank. */
  #peek(): string {
    while (this.#text.charCodeAt(this.at) === space) this.at++
    return this.at < this.#end ? (this.#text[this.at] ?? '') : giveUp()
  }
}

const plain = /[\w./$(][\w./$()+*=@-]*(?: +[\w./$()+*=@-]+)*/y

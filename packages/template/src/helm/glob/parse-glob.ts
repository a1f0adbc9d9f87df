/** One part of a pattern; `characters` are code points. */
export type GlobNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' | 'super' | 'single' }
  | { readonly kind: 'list'; readonly characters: string; readonly not: boolean }
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly not: boolean }
  | { readonly kind: 'choice'; readonly choices: GlobNode[][] }

/**
 * Parses a pattern of gobwas/glob: `*`, `**`, `?`, `[abc]`, `[a-z]`, `[!x]`, `{a,b}`, `\` before a character.
 * Undefined for what that library refuses, such as `[a-z0-9]`.
 */
export function parseGlob(pattern: string): GlobNode[] | undefined {
  return new GlobParser(Array.from(pattern)).parse()
}

class GlobParser {
  readonly #characters: readonly string[]
  #at = 0
  /** The sequence that is being read, and around it those of the braces that are open. */
  readonly #open: GlobNode[][] = [[]]
  readonly #choices: GlobNode[][][] = []

  constructor(characters: readonly string[]) {
    this.#characters = characters
  }

  parse(): GlobNode[] | undefined {
    const [root = []] = this.#open
    while (this.#at < this.#characters.length) {
      if (!this.#part(this.#characters[this.#at] ?? '')) return undefined
    }
    return root
  }

  /** False for an error. */
  #part(character: string): boolean {
    const inBraces = this.#choices.length > 0
    if (character === '[') {
      this.#at++
      return this.#class()
    }
    if (character === '{') this.#openBrace()
    else if (character === ',' && inBraces) this.#nextChoice()
    else if (character === '}' && inBraces) this.#closeBrace()
    else if (character === '?') this.#add({ kind: 'single' }, 1)
    else if (character !== '*') this.#text(inBraces ? '?*[{},' : '?*[{')
    else if (this.#characters[this.#at + 1] === '*') this.#add({ kind: 'super' }, 2)
    else this.#add({ kind: 'any' }, 1)
    return true
  }

  #add(node: GlobNode, length: number): void {
    this.#open.at(-1)?.push(node)
    this.#at += length
  }

  #openBrace(): void {
    const choices: GlobNode[][] = [[]]
    this.#add({ kind: 'choice', choices }, 1)
    this.#choices.push(choices)
    this.#open.push(choices[0] ?? [])
  }

  #nextChoice(): void {
    const next: GlobNode[] = []
    this.#choices.at(-1)?.push(next)
    this.#open.splice(-1, 1, next)
    this.#at++
  }

  #closeBrace(): void {
    this.#choices.pop()
    this.#open.pop()
    this.#at++
  }

  #text(stop: string): void {
    const text = this.#textUntil(stop)
    if (text !== '') this.#add({ kind: 'text', text }, 0)
  }

  #textUntil(stop: string): string {
    let text = ''
    for (; this.#at < this.#characters.length; this.#at++) {
      const character = this.#characters[this.#at] ?? ''
      if (stop.includes(character)) break
      if (character === '\\') this.#at++
      text += character === '\\' ? (this.#characters[this.#at] ?? '') : character
    }
    return text
  }

  #class(): boolean {
    const not = this.#characters[this.#at] === '!'
    if (not) this.#at++
    const [low, dash, high] = this.#characters.slice(this.#at, this.#at + 3)
    if (dash === '-') {
      this.#at += 3
      return high !== undefined && this.#range(code(low), code(high), not)
    }
    const characters = this.#textUntil(']')
    if (this.#characters[this.#at] !== ']' || characters === '') return false
    this.#add({ kind: 'list', characters, not }, 1)
    return true
  }

  #range(low: number, high: number, not: boolean): boolean {
    if (high < low || this.#characters[this.#at] !== ']') return false
    this.#add({ kind: 'range', low, high, not }, 1)
    return true
  }
}

function code(character: string | undefined): number {
  return character?.codePointAt(0) ?? 0
}

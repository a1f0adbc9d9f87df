import { byteLength, quote, sprintf } from '@chartroom/go'

/** Kinds of tokens; keywords come last. */
export const token = {
  error: 0,
  bool: 1,
  character: 2,
  characterConstant: 3,
  complex: 4,
  assign: 5,
  declare: 6,
  end: 7,
  field: 8,
  identifier: 9,
  leftDelimiter: 10,
  leftParen: 11,
  number: 12,
  pipe: 13,
  rawString: 14,
  rightDelimiter: 15,
  rightParen: 16,
  string: 18,
  text: 19,
  variable: 20,
  dot: 21,
  nil: 22,
  block: 23,
  break: 24,
  continue: 25,
  define: 26,
  else: 27,
  endKeyword: 28,
  if: 29,
  range: 30,
  template: 31,
  with: 32,
} as const

export const keywords: ReadonlyMap<string, number> = new Map([
  ['true', token.bool],
  ['false', token.bool],
  ['block', token.block],
  ['break', token.break],
  ['continue', token.continue],
  ['define', token.define],
  ['else', token.else],
  ['end', token.endKeyword],
  ['if', token.if],
  ['nil', token.nil],
  ['range', token.range],
  ['template', token.template],
  ['with', token.with],
])

/** A piece of the source. Its fields are made by the constructor alone: there are very many tokens. */
export class Token {
  declare readonly kind: number
  declare readonly start: number
  declare readonly stop: number
  /** Space stands before it. */
  declare spaced: boolean
  /** What is wrong, of an error; the name, of an identifier or keyword. */
  declare text: string

  constructor(kind: number, start: number, stop: number) {
    this.kind = kind
    this.start = start
    this.stop = stop
    this.spaced = false
    this.text = ''
  }

  /** As Go names it in `unexpected ... in operand`. */
  describe(source: string): string {
    if (this.kind === token.end) return 'EOF'
    if (this.kind === token.error) return this.text
    const text = source.slice(this.start, this.stop)
    if (this.kind >= token.dot) return `<${text}>`
    return byteLength(text) > 10 ? sprintf('%.10q...', [text]) : quote(text)
  }
}

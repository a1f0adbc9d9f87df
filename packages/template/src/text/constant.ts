import type { Value } from '@chartroom/go'
import { formatFloat64, goInt, unquote } from '@chartroom/go'
import * as kind from './kind.ts'
import { Operand } from './node.ts'
import type { NumberConstant } from './parse-number.ts'
import { isPlainInteger, parseCharacter, parseComplex, parseNumber, plainInteger } from './parse-number.ts'
import * as token from './token.ts'
import type { TreeParser } from './tree-parser.ts'

/** What a bool, string or number is worth. */
export interface Constant {
  /** Where no type is asked for; undefined for a number that overflows int. */
  readonly value: Value
  readonly number: NumberConstant | undefined
}

/** The bool, string or number at the token. Only what may be wrong is evaluated at once. */
export function parseConstant(parser: TreeParser): Operand {
  const { lexer, source } = parser
  const at = lexer.start
  if (lexer.kind === token.bool) return new Operand(kind.bool, at, lexer.text)
  if (lexer.kind === token.string || lexer.kind === token.rawString) {
    const string = new Operand(kind.string, at, lexer.text)
    if (lexer.text.includes('\\')) string.constant = stringConstant(parser)
    return string
  }
  const number = new Operand(kind.number, at, source.slice(at, lexer.stop))
  if (!isPlainInteger(number.text)) number.constant = numberConstant(parser, number.text)
  return number
}

/** What a bool, string or number is worth. */
export function constantOf(operand: Operand): Constant {
  operand.constant ??= evaluated(operand)
  return operand.constant
}

/** Of what cannot be wrong. */
function evaluated({ kind: kindOfNode, text }: Operand): Constant {
  if (kindOfNode === kind.bool) return { value: text === 'true', number: undefined }
  if (kindOfNode === kind.string) return { value: unquote(text), number: undefined }
  const number = plainInteger(text)
  return { value: number.int === undefined ? undefined : goInt(number.int), number }
}

function stringConstant(parser: TreeParser): Constant {
  return { value: unquote(parser.lexer.text) ?? parser.fail('invalid syntax'), number: undefined }
}

function numberConstant(parser: TreeParser, text: string): Constant {
  const number = numberOf(parser.lexer.kind, text, (message) => parser.fail(message))
  return { value: idealValue(text, number), number }
}

function numberOf(kindOfToken: number, text: string, fail: (message: string) => never): NumberConstant {
  if (kindOfToken === token.characterConstant) return parseCharacter(text, fail)
  return kindOfToken === token.complex ? parseComplex(text, fail) : parseNumber(text, fail)
}

/** The value where no type is asked for: the way it is written decides. Undefined where it overflows. */
function idealValue(text: string, number: NumberConstant): Value {
  if (number.complex !== undefined) return complexValue(number.complex)
  const isHex = /^0[xX]./.test(text) && !/[pP]/.test(text)
  if (number.float !== undefined && !isHex && !text.startsWith("'") && /[.eEpP]/.test(text))
    return number.float
  return number.int === undefined ? undefined : goInt(number.int)
}

function complexValue([real, imaginary]: readonly [number, number]): Value {
  const sign = imaginary >= 0 && !Object.is(imaginary, -0) ? '+' : ''
  const text = `(${formatFloat64(real)}${sign}${formatFloat64(imaginary)}i)`
  return {
    goType: 'complex128',
    goKind: 'complex128',
    fields: new Map(),
    methods: new Map(),
    text: () => text,
  }
}

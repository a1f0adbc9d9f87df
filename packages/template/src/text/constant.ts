import type { Value } from '@chartroom/go'
import { formatFloat64, goInt, unquote } from '@chartroom/go'
import type { NumberConstant } from './node.ts'
import { kind, Node } from './node.ts'
import { parseCharacter, parseComplex, parseNumber } from './parse-number.ts'
import type { Token } from './token.ts'
import { token } from './token.ts'
import type { TreeParser } from './tree-parser.ts'

/** The node of a bool, a number or a string. */
export function constantOf(parser: TreeParser, from: Token): Node {
  const text = parser.text(from)
  if (from.kind === token.bool) return constant(kind.bool, from.start, text, text === 'true')
  if (from.kind === token.string || from.kind === token.rawString) {
    return constant(kind.string, from.start, text, unquote(text) ?? parser.fail('invalid syntax'))
  }
  const number = numberOf(from.kind, text, (message) => parser.fail(message))
  const node = constant(kind.number, from.start, text, idealValue(text, number))
  node.number = number
  return node
}

function constant(...[kindOfNode, at, text, value]: [number, number, string, Value]): Node {
  const node = new Node(kindOfNode, at)
  node.text = text
  node.value = value
  return node
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

import type { GoFunction, Value } from '@chartroom/go'
import { FunctionError, goInt } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { dictFunctions } from './dicts.ts'
import { maxDepth, maxListLength, maxTextLength, maxVisits } from './limits.ts'
import { listFunctions } from './lists.ts'
import { mathFunctions } from './math.ts'
import { stringFunctions } from './strings.ts'

const functions: ReadonlyMap<string, GoFunction> = new Map([
  ...stringFunctions,
  ...mathFunctions,
  ...listFunctions,
  ...dictFunctions,
])

function call(name: string, ...args: Value[]): Value {
  const known = functions.get(name)
  if (known === undefined) throw new Error(`no function ${name}`)
  return (known.call as (...args: Value[]) => Value)(...args)
}

const long = 'x'.repeat(maxTextLength / 2 + 1)
const lines = '\n'.repeat(100_000)

describe('a text that one function makes', () => {
  it.each<[string, Value[]]>([
    ['repeat', [goInt(maxTextLength + 1), 'x']],
    ['indent', [goInt(maxTextLength + 1), '']],
    ['indent', [goInt(10_000), lines]],
    ['nindent', [goInt(10_000), lines]],
    ['wrapWith', [goInt(1), 'y'.repeat(10_000), 'x'.repeat(10_000)]],
    ['replace', ['\n', 'y'.repeat(10_000), lines]],
    ['replace', ['', 'y'.repeat(10_000), lines]],
    ['join', ['', [long, long]]],
    ['cat', [long, long]],
    ['quote', [long, long]],
    ['squote', [long, long]],
  ])('is refused before %s makes it too long', (name, args) => {
    expect(() => call(name, ...args)).toThrow(
      new FunctionError(`the result is longer than ${maxTextLength} characters`),
    )
  })

  it('may be as long as the limit', () => {
    expect(call('repeat', goInt(maxTextLength / 16), 'x'.repeat(16))).toHaveLength(maxTextLength)
  })
})

describe('a list that one function makes', () => {
  const tooLong = new FunctionError(`the result has more than ${maxListLength} elements`)

  it.each<[string, number[]]>([
    ['until', [maxListLength + 1]],
    ['untilStep', [0, -(2 ** 40), -1]],
    ['seq', [2 ** 40]],
  ])('is refused before %s makes it too long', (name, args) => {
    expect(() => call(name, ...args.map((number) => goInt(number)))).toThrow(tooLong)
  })

  it('is refused before concat makes it too long', () => {
    const half: Value[] = Array(maxListLength / 2 + 1).fill(1)
    expect(() => call('concat', half, half)).toThrow(tooLong)
  })

  it.each(['', ','])('is refused before a text is split at "%s" into too many parts', (separator) => {
    expect(() => call('splitList', separator, ','.repeat(maxListLength + 1))).toThrow(tooLong)
  })
})

describe('a value that functions walk through', () => {
  const tooDeep = new FunctionError(`the value is nested more than ${maxDepth} deep`)
  const tooMany = new FunctionError(`the value holds more than ${maxVisits} values`)

  it('may not hold itself', () => {
    const [one, other] = [new Map<string, Value>(), new Map<string, Value>()]
    one.set('self', one)
    other.set('self', other)
    expect(() => call('deepCopy', one)).toThrow(tooDeep)
    expect(() => call('deepEqual', one, other)).toThrow(tooDeep)
    expect(() => call('merge', one, other)).toThrow(tooDeep)
  })

  it('may not unfold to very many', () => {
    const unfolding = (): Value => {
      let value: Value = []
      for (let level = 0; level < 40; level++) value = [value, value]
      return value
    }
    expect(() => call('deepCopy', unfolding())).toThrow(tooMany)
    expect(() => call('deepEqual', unfolding(), unfolding())).toThrow(tooMany)
  })

  it('is found in a long list of different scalars without a search for each', () => {
    const numbers = Array.from({ length: 200_000 }, (_, index) => index)
    expect(call('uniq', [...numbers, ...numbers])).toEqual(numbers)
  })
})

describe('a long text', () => {
  const million = 1_000_000

  // Each of these took time that grows with the square of the text in a first version, or would in a careless one.
  it.each<[string, Value[]]>([
    ['float64', [`${'1'.repeat(million)}x`]],
    ['float64', [`0x${'f'.repeat(million)}`]],
    ['int', ['9'.repeat(million)]],
    ['int', [`${'.0'.repeat(million)}x`]],
    ['trim', [`${' '.repeat(million)}x${' '.repeat(million)}`]],
    ['wrap', [goInt(1), 'x'.repeat(million)]],
    ['wrapWith', [goInt(1), '', 'x'.repeat(million)]],
    ['snakecase', ['aB1'.repeat(million / 10)]],
    ['initials', [' x'.repeat(million)]],
    ['replace', ['ab', 'c', 'a'.repeat(million)]],
    ['splitn', [',', goInt(2), ','.repeat(million)]],
    ['trimAll', ['a', 'a'.repeat(million)]],
  ])('ends in %s', (name, args) => {
    expect(() => call(name, ...args)).not.toThrow()
  })
})

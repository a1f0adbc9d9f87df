import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { plainExpression } from './plain-expression.ts'
import { Regexp } from './regexp.ts'

describe('plainExpression', () => {
  it.each([
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    '(-?[^a-z\\d\\-])+-?',
    '^v?[0-9]+\\.[0-9]+$',
    '[^-A-Za-z0-9_.]',
    '(http|https)://',
    '-+$',
    '^[+-]?[0-9]+\\.?[0-9]*([eE][+-]?[0-9]+)?$',
    '^/((data|exports|config)(/.*)?)?$',
  ])('takes %s', (expression) => {
    expect(plainExpression(expression)).toBeDefined()
  })

  it.each([
    [
      'what Go reads otherwise',
      ['\\s', '\\b', '(?i)a', '(?P<x>a)', '[[:alpha:]]', '\\pL', 'é', '\\x41', 'a{2}'],
    ],
    ['what repeats for long', ['(a+)+', '(a|a)*', '(a?)*', 'a*a*a*a*', '(a|b)'.repeat(9), 'a?'.repeat(9)]],
    ['what is none', ['[z-a]', 'a**', '(', '[', '']],
    ['what is long', ['a'.repeat(81)]],
  ])('leaves %s to the engine', (_, expressions) => {
    for (const expression of expressions) expect(plainExpression(expression), expression).toBeUndefined()
  })

  it('gives what the engine gives', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '-',
      '\\.',
      '.',
      '\\d',
      '\\w',
      '[a-c]',
      '[^a-z]',
      '[-b\\d]',
      '[^-b]',
    )
    const repeated = fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?')).map(([one, sign]) => one + sign)
    const choices = fc
      .array(fc.array(repeated, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((all) => all.map((one) => one.join('')).join('|'))
    const nested = fc
      .tuple(choices, choices, fc.constantFrom('', '?', '*'))
      .map(([a, b, sign]) => `${a}(${b})${sign}`)
    const group = fc
      .tuple(fc.oneof(choices, nested), fc.constantFrom('', '?', '*', '+'), fc.constantFrom('', '?:'))
      .map(([inside, sign, kind]) => `(${kind}${inside})${sign}`)
    const expressions = fc
      .tuple(
        fc.constantFrom('', '^'),
        fc.array(fc.oneof(repeated, group), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '$'),
      )
      .map(([start, parts, end]) => start + parts.join('') + end)
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', '.', '1', '\n', 'X'), maxLength: 20 })
    let taken = 0
    fc.assert(
      fc.property(expressions, text, (expression, given) => {
        const plain = plainExpression(expression)
        if (plain === undefined) return
        taken++
        const program = { re2: RE2JS.compile(expression), originals: new Map() }
        const engine = new Regexp(expression, { compile: () => program })
        const both = new Regexp(expression, { plain, compile: () => program })
        expect(answers(both, given)).toEqual(answers(engine, given))
      }),
      { numRuns: 20_000, seed: 4 },
    )
    expect(taken).toBeGreaterThan(5000)
  })

  it('ends where it backtracks most', () => {
    const worst = [
      ['a*a*a*b', 'a'.repeat(64)],
      ['(a?a?a)+b', 'a'.repeat(20)],
      ['(a*a|a*a)?a?a?a?b', 'a'.repeat(64)],
    ] as const
    for (const [expression, text] of worst)
      expect(plainExpression(expression)?.program.test(text)).toBe(false)
  })
})

function answers(regexp: Regexp, text: string): unknown[] {
  return [
    regexp.matches(text),
    regexp.find(text),
    regexp.findAll(text, -1),
    regexp.replaceAll(text, '<$0|$1|$2|$3>'),
    regexp.split(text, -1),
    regexp.split(text, 2),
  ]
}

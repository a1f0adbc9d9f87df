import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { annotation, groupEnd, groupStart, mask, plainText } from './workflow-command.ts'

describe('a workflow command', () => {
  it.each([
    [annotation('error', 'broken'), '::error::broken\n'],
    [annotation('notice', 'a\r\nb 100%'), '::notice::a%0Ab 100%25\n'],
    [
      annotation('warning', 'x', { file: 'a,b:c%\n.yaml', line: 3, title: 'it: is, so' }),
      '::warning file=a%2Cb%3Ac%25%0A.yaml,line=3,title=it%3A is%2C so::x\n',
    ],
    [annotation('error', 'x\n::set-output name=a::b'), '::error::x%0A::set-output name=a::b\n'],
    [annotation('error', 'x ##[set-output name=a]b'), '::error::x ## [set-output name=a]b\n'],
    [groupStart('a\n::stop-commands::x'), '::group::a%0A::stop-commands::x\n'],
    [groupEnd(), '::endgroup::\n'],
    [mask('one\ntwo%'), '::add-mask::one%0Atwo%25\n'],
  ])('is written as %j', (written, expected) => {
    expect(written).toBe(expected)
  })
})

describe('text in the log', () => {
  it.each([
    ['::set-output name=a::b', ': :set-output name=a::b\n'],
    ['good\n  ::error::x', 'good\n  : :error::x\n'],
    ['good\r::add-mask::x', 'good\n: :add-mask::x\n'],
    ['a ##[error]b', 'a ## [error]b\n'],
    ['colour \u001b[31mred', 'colour [31mred\n'],
    ['a::b', 'a::b\n'],
  ])('of %j is %j, in which the runner finds no command', (text, expected) => {
    expect(plainText(text)).toBe(expected)
  })

  it('has no command in it, whatever it is', () => {
    const piece = fc.constantFrom(
      '::',
      '##[',
      '#',
      '[',
      ':',
      '\n',
      '\r',
      '\u0000',
      '\u0085',
      '\u2028',
      '\u00a0',
      ' ',
      '\u202e',
      'a',
      '%',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        for (const line of plainText(pieces.join('')).split(/[\r\n]/)) {
          expect(line.trim().startsWith('::')).toBe(false)
          expect(line).not.toContain('##[')
        }
        const [command, ...rest] = annotation('error', pieces.join('')).split(/\r\n|[\r\n]/)
        expect(rest).toEqual([''])
        expect(command).toMatch(/^::error::/)
      }),
    )
  })

  it('has no command in it after control characters were taken away', () => {
    expect(plainText('\u0007::error::x ##\u0007[error]')).toBe(': :error::x ## [error]\n')
  })
})

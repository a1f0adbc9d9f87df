import { describe, expect, it } from 'vitest'
import { compileRegexp, RegexpSyntaxError } from './compile.ts'
import { maxExpressionLength, maxMatches, maxReplacedLength } from './limits.ts'
import { quoteMeta } from './quote-meta.ts'

// What Go says of many more is in packages/template/golden/sprig/regexps.json.

describe('compileRegexp', () => {
  it.each([
    ['a[b', 'error parsing regexp: missing closing ]: `[b`'],
    ['a(b', 'error parsing regexp: missing closing ): `a(b`'],
    ['((?P<n>a)|(?P<n>(o))', 'error parsing regexp: missing closing ): `((?P<n>a)|(?P<n>(o))`'],
    ['(?=a)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['\\p{Old_Persian}', 'error parsing regexp: invalid character class range: `\\p{Old_Persian}`'],
    ['\udcff', 'error parsing regexp: invalid UTF-8: `\udcff`'],
    ['(?P<', 'error parsing regexp: invalid or unsupported Perl syntax: `(?P`'],
  ])('refuses %s in the words of Go', (expression, message) => {
    expect(() => compileRegexp(expression)).toThrow(new RegexpSyntaxError(message))
    expect(() => compileRegexp(expression)).toThrow(RegexpSyntaxError)
  })

  it('refuses an expression beyond the limit', () => {
    expect(() => compileRegexp('a'.repeat(maxExpressionLength + 1))).toThrow('expression too large')
    expect(compileRegexp('a'.repeat(1000)).matches('b')).toBe(false)
  })

  it('gives the same expression once', () => {
    expect(compileRegexp('x+')).toBe(compileRegexp('x+'))
  })

  it('matches in linear time what makes others backtrack', () => {
    expect(compileRegexp('^(a+)+$').matches(`${'a'.repeat(50_000)}b`)).toBe(false)
  })
})

describe('a regular expression', () => {
  it('finds the leftmost, all, and no more than asked for', () => {
    const regexp = compileRegexp('[a-c]+')
    expect(regexp.find('xabcab-c')).toBe('abcab')
    expect(regexp.findAll('ab c ab', -1)).toEqual(['ab', 'c', 'ab'])
    expect(regexp.findAll('ab c ab', 2)).toEqual(['ab', 'c'])
    expect(regexp.findAll('ab c ab', 0)).toEqual([])
  })

  it('finds the empty text between characters, never inside one', () => {
    expect(compileRegexp('').replaceAll('é😀', '-')).toBe('-é-😀-')
  })

  it('takes a byte that is no UTF-8 for one character', () => {
    expect(compileRegexp('.').findAll('\udcc3a\udcff', -1)).toEqual(['\udcc3', 'a', '\udcff'])
    expect(compileRegexp('a').replaceAll('\udcffab', '<$0>')).toBe('\udcff<a>b')
  })

  it.each([
    ['$1W', ''],
    ['${1}W', 'aW'],
    ['$x-$2', 'b-b'],
    ['$$1', '$1'],
    ['${x', '${x'],
    ['$', '$'],
    ['$01', ''],
  ])('expands %s as Go does', (template, expanded) => {
    expect(compileRegexp('(a)(?P<x>b)').replaceAll('ab', template)).toBe(expanded)
  })

  it('has several groups of one name', () => {
    expect(compileRegexp('(?P<n>a)|(?P<n>b)').replaceAll('ab', '<$n>')).toBe('<a><b>')
  })

  it('splits, with no part for a limit of none', () => {
    expect(compileRegexp(',').split('a,b,c', -1)).toEqual(['a', 'b', 'c'])
    expect(compileRegexp(',').split('a,b,c', 2)).toEqual(['a', 'b,c'])
    expect(compileRegexp(',').split('', -1)).toEqual([''])
    expect(compileRegexp(',').split('a,b', 0)).toBeUndefined()
  })
})

describe('the limits', () => {
  it('are on the matches of a text', () => {
    const text = 'a'.repeat(maxMatches + 1)
    const regexp = compileRegexp('a')
    expect(() => regexp.findAll(text, -1)).toThrow(`the text has more than ${maxMatches} matches`)
    expect(regexp.findAll(text, 2)).toEqual(['a', 'a'])
  })

  it('are on the text that replacing makes', () => {
    const [text, replacement] = ['a'.repeat(100), 'x'.repeat(maxReplacedLength / 50)]
    expect(() => compileRegexp('a').replaceAll(text, replacement)).toThrow(
      `the result is longer than ${maxReplacedLength} characters`,
    )
  })
})

describe('quoteMeta', () => {
  it('makes an expression that matches the text alone', () => {
    const text = '\\.+*?()|[]{}^$ é/-'
    expect(quoteMeta(text)).toBe('\\\\\\.\\+\\*\\?\\(\\)\\|\\[\\]\\{\\}\\^\\$ é/-')
    expect(compileRegexp(`^${quoteMeta(text)}$`).matches(text)).toBe(true)
  })
})

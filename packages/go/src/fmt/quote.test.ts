import { describe, expect, it } from 'vitest'
import { isPrint, quote, quoteRune, quoteToAscii } from './quote.ts'
import { unquote, unquoteCharacter } from './unquote.ts'

describe('quote', () => {
  it.each([
    ['', '""', '""'],
    ['plain text', '"plain text"', '"plain text"'],
    ['a"b\\c\'', String.raw`"a\"b\\c'"`, String.raw`"a\"b\\c'"`],
    [
      '\u0007\b\f\n\r\t\v\0\u007f',
      String.raw`"\a\b\f\n\r\t\v\x00\x7f"`,
      String.raw`"\a\b\f\n\r\t\v\x00\x7f"`,
    ],
    ['é☺\u{1f600}', '"é☺\u{1f600}"', String.raw`"\u00e9\u263a\U0001f600"`],
    [
      '\u00a0\u2028\ufeff\u{10ffff}',
      String.raw`"\u00a0\u2028\ufeff\U0010ffff"`,
      String.raw`"\u00a0\u2028\ufeff\U0010ffff"`,
    ],
    ['a\udcffb\udc80', String.raw`"a\xffb\x80"`, String.raw`"a\xffb\x80"`],
    ['\ufffd', '"\ufffd"', String.raw`"\ufffd"`],
  ])('quotes %j', (text, quoted, ascii) => {
    expect(quote(text)).toBe(quoted)
    expect(quoteToAscii(text)).toBe(ascii)
    expect(unquote(quoted)).toBe(text)
    expect(unquote(ascii)).toBe(text)
  })

  it('quotes characters', () => {
    expect(quoteRune(0x27, false)).toBe(String.raw`'\''`)
    expect(quoteRune(0x22, false)).toBe(`'"'`)
    expect(quoteRune(0xd800, false)).toBe("'\ufffd'")
    expect(quoteRune(0xe9, true)).toBe(String.raw`'\u00e9'`)
  })

  it('knows what can be printed', () => {
    const printable = [0x20, 0x41, 0xe9, 0x263a, 0x1f600, 0x300]
    const not = [0x00, 0x7f, 0x85, 0xa0, 0xad, 0x2028, 0xd800, 0xe000, 0xffff, 0x110000]
    expect(printable.map(isPrint)).not.toContain(false)
    expect(not.map(isPrint)).not.toContain(true)
  })
})

describe('unquote', () => {
  it.each([
    ['"a\\tb"', 'a\tb'],
    [String.raw`"\x41\101\u00e9\U0001F600"`, 'AAé\u{1f600}'],
    [String.raw`"\xc3\xa9"`, 'é'],
    [String.raw`"\xff\303"`, '\udcff\udcc3'],
    ['`raw \\n\r\n`', 'raw \\n\n'],
    ["'a'", 'a'],
    [String.raw`'\n'`, '\n'],
    ['"\udc80"', '\ufffd'],
  ])('reads %j', (literal, text) => {
    expect(unquote(literal)).toBe(text)
  })

  it.each([
    '',
    '"',
    'abc',
    '"a\nb"',
    '"a"b"',
    String.raw`"\q"`,
    String.raw`"\'"`,
    String.raw`"\x4"`,
    String.raw`"\u12"`,
    String.raw`"\ud800"`,
    String.raw`"\U00110000"`,
    String.raw`"\400"`,
    String.raw`"\08"`,
    '"\\"',
    '`a`b`',
    "''",
    "'ab'",
  ])('refuses %j', (literal) => {
    expect(unquote(literal)).toBeUndefined()
  })

  it('says where the next character begins', () => {
    expect(unquoteCharacter("'\\u00e9x", 1, "'")).toEqual({ code: 0xe9, isByte: false, end: 7 })
    expect(unquoteCharacter('"\\xff', 1, '"')).toEqual({ code: 0xff, isByte: true, end: 5 })
    expect(unquoteCharacter('\u{1f600}', 0, '"')).toEqual({ code: 0x1f600, isByte: false, end: 2 })
    expect(unquoteCharacter('x', 1, '"')).toBeUndefined()
  })
})

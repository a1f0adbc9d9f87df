import { bytes, calls, int, map, product, strings, texts, values } from './values.mjs'

const oneText = [
  'trim',
  'upper',
  'lower',
  'title',
  'untitle',
  'swapcase',
  'snakecase',
  'kebabcase',
  'camelcase',
  'nospace',
  'initials',
  'toString',
  'quote',
  'squote',
]
const widths = [-9, -3, 0, 1, 3, 5, 100].map(int)
const parts = ['', 'a', 'l', 'é', ' ', '\n', 'o W', bytes(0xc3), bytes(0xa9)]
const words = [
  'FirstName',
  'HTTPServer',
  'NoHTTPS',
  'GO_PATH',
  'GO PATH',
  'http2xx',
  'HTTP20xOK',
  'Duration2m3s',
  'Bld4Floor3rd',
  '_complex__case_',
  '__',
  '-',
  'a--b__c',
  'ABC',
  'aB',
  'A',
  'a1B2c3',
  '1a2',
  'X1',
  'x.y!Z',
  '..a',
  'some words, HERE',
  'Ünïcode ÄÖÜ ßtraße',
  '漢字Kanji123',
  '𝔘𝔫𝔦 ²x',
  'é\ufffdB',
  'ǅungla',
  'Ⅷ viii',
]

export const strings_ = [
  ...calls(
    oneText,
    texts.map((text) => [text]),
  ),
  ...calls(
    ['snakecase', 'kebabcase', 'camelcase', 'title', 'untitle', 'swapcase', 'initials'],
    words.map((text) => [text]),
  ),
  ...calls(
    ['toString', 'quote', 'squote', 'toStrings', 'sortAlpha', 'cat'],
    values.map((value) => [value]),
  ),
  ...calls(['cat', 'quote', 'squote'], [[], ['a', null, 1, [1]], ['%d', 'x'], [null, null]]),
  ...calls(['trunc', 'abbrev', 'wrap', 'repeat', 'indent', 'nindent'], product(widths.slice(1), texts)),
  ...calls(
    ['trunc', 'indent', 'repeat', 'wrap', 'abbrev'],
    [
      [int('9223372036854775807'), ''],
      [int('-9223372036854775808'), 'abc'],
    ],
  ),
  ...calls(['repeat'], [[int('9223372036854775807'), 'ab']]),
  ...calls(
    ['substr'],
    product([-1, 0, 2, 5, 14].map(int), [-1, 0, 2, 5, 200].map(int), ['Hello', 'été', bytes(0xff, 0x61)]),
  ),
  ...calls(
    ['abbrevboth'],
    product([-5, 0, 1, 4, 5, 9, 40].map(int), [3, 4, 6, 7, 10, 30].map(int), [
      '1234 5678 9123 4567',
      'été été été',
      'short',
      '',
    ]),
  ),
  ...calls(
    ['contains', 'hasPrefix', 'hasSuffix', 'trimPrefix', 'trimSuffix', 'trimAll', 'splitList', 'split'],
    product(parts, texts),
  ),
  ...calls(['trimall'], [['$', '$5.00$']]),
  ...calls(['splitn'], product(['', ',', bytes(0xc3)], [-1, 0, 1, 2, 9].map(int), ['a,b,c', 'é,', ''])),
  ...calls(['replace'], product(parts, ['', 'X', '$&', bytes(0xa9)], texts.slice(0, 6))),
  ...calls(
    ['wrap'],
    product([-1, 0, 1, 5, 12, 80].map(int), [
      'aa bbb  cccc ddddd-eeeeee f',
      ' leading and https://example.com/long',
      'été été',
    ]),
  ),
  ...calls(
    ['wrapWith'],
    product([0, 1, 5, 12].map(int), ['', '\n', '<é>'], ['aa bbb  cccc ddddd-eeeeee f', ' x été été']),
  ),
  ...calls(['plural'], product(['one'], ['many'], [0, 1, -1, 2].map(int))),
  ...calls(['join'], product([',', ''], values)),
  ...calls(
    ['sortAlpha'],
    [[['b', 1, null, 'a', true]], [strings('é', 'z', '𝒳', '\uffee', 'A')], [[bytes(0xc3), 'é', 'a']]],
  ),
  ...calls(['hello'], [[]]),
  ...calls(['toString'], [[map({ z: [1, null, { $map: [['q', 's']] }], a: 1e6 })]]),
]

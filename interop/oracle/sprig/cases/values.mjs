/** A text of bytes that are no UTF-8. */
export const bytes = (...codes) => ({ $text: Buffer.from(codes).toString('base64') })
export const int = (value) => ({ $int: String(value) })
export const int64 = (value) => ({ $int64: String(value) })
export const uint64 = (value) => ({ $uint64: String(value) })
export const float = (text) => ({ $float64: text })
export const map = (entries) => ({ $map: Object.entries(entries) })
export const textMap = (entries) => ({ $texts: Object.entries(entries) })
export const strings = (...texts) => ({ $strings: texts })
export const ints = (...numbers) => ({ $ints: numbers.map(String) })
export const version = (text) => ({ $version: text })
export const nil = { $literal: 'nil' }
export const nilList = { $nil: '[]interface {}' }
const nilStrings = { $nil: '[]string' }

export const texts = [
  '',
  'a',
  'Hello, World!',
  ' \t été naïve\n',
  '日本語 テキスト',
  '𝒳y𝒵 ﬁ',
  '\u00a0x\u0085',
  'ßŉǆǅᾳΣς İıaͅ',
  'a\nb\n\nc\n',
  'fooBar_baz-QuxHTTPServer2xx',
  '$1 `q` "d" \'s\' \\ \u0000\u200b',
  bytes(0xc3),
  bytes(0xff, 0x61, 0x20, 0xc3, 0xa9, 0xf0, 0x9f),
]

const scalars = [
  null,
  true,
  false,
  0,
  1,
  -2.5,
  1000000,
  1e21,
  1e-7,
  float('NaN'),
  float('+Inf'),
  float('-Inf'),
  float('-0'),
  int(5),
  int(0),
  int64('9223372036854775807'),
  int64('-9223372036854775808'),
  uint64('18446744073709551615'),
  { $uint8: '7' },
  { $int32: '-3' },
  '',
  'abc',
  '12',
  '-7',
]

const collections = [
  [],
  [1, 'a', null, true],
  [['x'], { $map: [['k', 'v']] }],
  strings(),
  strings('b', 'a', 'B'),
  ints(3, -1),
  { $bytes: 'aGk=' },
  map({}),
  map({ b: 1, a: null }),
  textMap({ a: 'x' }),
  nilList,
  nilStrings,
  version('v1.2.3-rc.1+b'),
  { $duration: '0s' },
  { $duration: '1m30s' },
]

export const values = [...scalars, ...collections]

/** Every combination of one of each. */
export function product(...lists) {
  return lists.reduce((all, list) => all.flatMap((row) => list.map((item) => [...row, item])), [[]])
}

/** Calls of each function with each row of arguments. */
export function calls(functions, rows) {
  return functions.flatMap((name) => rows.map((row) => [name, row]))
}

import { describe, expect, it } from 'vitest'
import { GoDuration } from '../time/named-int.ts'
import { goInt } from '../value/int.ts'
import { TypedList } from '../value/list.ts'
import { TypedMap } from '../value/map.ts'
import type { GoObject } from '../value/object.ts'
import type { Value } from '../value/value.ts'
import { sprintf } from './print.ts'

// What Go 1.26 prints.
const cases: [string, Value[], string][] = [
  ['%v', [1], '1'],
  ['%v', [1000000], '1e+06'],
  ['%v', [999999.5], '999999.5'],
  ['%v', [1234567.8], '1.2345678e+06'],
  ['%v', [0.0001], '0.0001'],
  ['%v', [0.00001], '1e-05'],
  ['%v', [1e21], '1e+21'],
  ['%v', [123456789], '1.23456789e+08'],
  ['%v', [-0.5], '-0.5'],
  ['%v', [5e-324], '5e-324'],
  ['%v', [1.7976931348623157e308], '1.7976931348623157e+308'],
  ['%v', [Number.NaN], 'NaN'],
  ['%v', [Infinity], '+Inf'],
  ['%+v|%5v|% v', [-Infinity, Infinity, Number.NaN], '-Inf| +Inf| NaN'],
  ['%d', [goInt(42)], '42'],
  [
    '%5d|%-5d|%05d|%+d|% d',
    [goInt(42), goInt(42), goInt(42), goInt(42), goInt(42)],
    '   42|42   |00042|+42| 42',
  ],
  ['%.3d|%8.3d|%-8.3d|%08.3d', [goInt(7), goInt(7), goInt(7), goInt(7)], '007|     007|007     |     007'],
  ['%.0d|%5.0d', [goInt(0), goInt(0)], '|     '],
  ['%d', [5], '%!d(float64=5)'],
  ['%d', ['x'], '%!d(string=x)'],
  ['%d', [null], '%!d(<nil>)'],
  ['%d', [true], '%!d(bool=true)'],
  [
    '%b|%#b|%o|%#o|%O|%x|%#x|%X|%#X',
    [
      goInt(255),
      goInt(255),
      goInt(255),
      goInt(255),
      goInt(255),
      goInt(255),
      goInt(255),
      goInt(255),
      goInt(255),
    ],
    '11111111|0b11111111|377|0377|0o377|ff|0xff|FF|0XFF',
  ],
  ['%x|%X|%+x|%#010x', [goInt(-255), goInt(-255), goInt(255), goInt(255)], '-ff|-FF|+ff|0x00000000ff'],
  [
    '%d|%x',
    [goInt(-9223372036854775808n, 'int64'), goInt(18446744073709551615n, 'uint64')],
    '-9223372036854775808|ffffffffffffffff',
  ],
  ['%c|%c|%c|%c', [goInt(65), goInt(128512), goInt(55296), goInt(-1)], 'A|😀|\ufffd|\ufffd'],
  [
    '%q|%q|%+q|%#q|%q',
    [goInt(65), goInt(10), goInt(233), goInt(65), goInt(39)],
    "'A'|'\\n'|'\\u00e9'|'A'|'\\''",
  ],
  [
    '%U|%#U|%#.6U|%U',
    [goInt(128512), goInt(128512), goInt(65), goInt(-1)],
    "U+1F600|U+1F600 '😀'|U+000041 'A'|U+FFFFFFFFFFFFFFFF",
  ],
  ['%v|%#v|%#v', [goInt(200, 'uint8'), goInt(200, 'uint8'), goInt(200)], '200|0xc8|200'],
  [
    '%e|%E|%.2e|%.0e',
    [123456.789, 123456.789, 123456.789, 123456.789],
    '1.234568e+05|1.234568E+05|1.23e+05|1e+05',
  ],
  [
    '%f|%.2f|%.0f|%8.2f|%-8.2f|%08.2f|%+.1f',
    [3.14159, 3.14159, 2.5, 3.14159, 3.14159, -3.14159, 3.14159],
    '3.141590|3.14|2|    3.14|3.14    |-0003.14|+3.1',
  ],
  ['%.0f|%.0f|%.0f|%.0f', [0.5, 1.5, 2.5, 3.5], '0|2|2|4'],
  ['%.3f|%.1f|%.20f', [1.0005, 0.25, 0.1], '1.000|0.2|0.10000000000000000555'],
  [
    '%F|%g|%G|%.3g|%.10g|%g',
    [1.5, 1e-7, 1e-7, 123456, 100, 100000000000000000000],
    '1.500000|1e-07|1E-07|1.23e+05|100|1e+20',
  ],
  ['%g|%.1g|%#g|%#.3g|%#v', [100000, 0.95, 1, 2, 1000000], '100000|0.9|1.00000|2.00|1e+06'],
  [
    '%b|%x|%X|%.2x|%.0x|%x',
    [1, 1.5, 1.5, 3.14159, 3.9, 0],
    '4503599627370496p-52|0x1.8p+00|0X1.8P+00|0x1.92p+01|0x1p+02|0x0p+00',
  ],
  ['%6.2f|%-8.1f|%+08.3f|% .1f', [3.14159, 2.5, 3.14159, 2], '  3.14|2.5     |+003.142| 2.0'],
  ['%.30f', [1e-10], '0.000000000100000000000000003643'],
  ['%.2f', [1e21], '1000000000000000000000.00'],
  ['%x|%x', [-0.75, 5e-324], '-0x1.8p-01|0x1p-1074'],
  ['%e|%g|%f', [0, 0, 0], '0.000000e+00|0|0.000000'],
  ['%s|%d|%t', [1.5, 1.5, 1.5], '%!s(float64=1.5)|%!d(float64=1.5)|%!t(float64=1.5)'],
  [
    '%s|%10s|%-10s|%.2s|%5.1s|%010s',
    ['hello', 'hi', 'hi', 'hello', 'é!', 'x'],
    'hello|        hi|hi        |he|    é|000000000x',
  ],
  [
    '%q|%+q|%#q|%#q|%.3q',
    ['a"b\n', 'é😀', 'raw', 'a`b', 'abcdef'],
    '"a\\"b\\n"|"\\u00e9\\U0001f600"|`raw`|"a`b"|"abc"',
  ],
  [
    '%x|%X|% x|%#x|%# x|%.2x|%8x|%-8x|',
    ['hié', 'hi', 'hi!', 'hi', 'hi', 'hello', 'a', 'a'],
    '6869c3a9|6869|68 69 21|0x6869|0x68 0x69|6865|      61|61      |',
  ],
  ['%v|%#v|%T', ['a"b', 'a"b', 'x'], 'a"b|"a\\"b"|string'],
  ['%5s|%-3s|', ['é', '😀'], '    é|😀  |'],
  ['%q', ['\udcff\u0000\u007f\u2028\ufeff\ue000'], '"\\xff\\x00\\x7f\\u2028\\ufeff\\ue000"'],
  ['%x', ['\udcff'], 'ff'],
  ['%t|%5t|%-6t|%q', [true, false, true, true], 'true|false|true  |%!q(bool=true)'],
  [
    '%v|%s|%d',
    [
      [1, 'a', null, [true]],
      ['a', 2],
      [goInt(1), goInt(2)],
    ],
    '[1 a <nil> [true]]|[a %!s(float64=2)]|[1 2]',
  ],
  ['%v|%v|%v', [map({ b: 1, a: [2] }), map({}), []], 'map[a:[2] b:1]|map[]|[]'],
  [
    '%#v',
    [map({ b: 1.5, a: [2, 'x', null], t: true })],
    'map[string]interface {}{"a":[]interface {}{2, "x", interface {}(nil)}, "b":1.5, "t":true}',
  ],
  ['%+v', [map({ a: map({ b: null }) })], 'map[a:map[b:<nil>]]'],
  ['%s', [map({ a: 1, b: 'x' })], 'map[a:%!s(float64=1) b:x]'],
  [
    '%q|%x',
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    '["a" "b"]|[61 62]',
  ],
  [
    '%5d|%05.1f|%-4s|',
    [
      [goInt(1), goInt(22)],
      [1.25, 2.5],
      ['a', 'b'],
    ],
    '[    1    22]|[001.2 002.5]|[a    b   ]|',
  ],
  [
    '%T|%T|%T|%T|%T',
    [1, goInt(1, 'int64'), [1], map({ a: 1 }), null],
    'float64|int64|[]interface {}|map[string]interface {}|<nil>',
  ],
  ['%10T|%-8T|', [1, 'x'], '   float64|string  |'],
  [
    '%v|%s|%x|%q|%d|%#v|%T',
    [bytes('hi'), bytes('hi'), bytes('hi'), bytes('hi'), bytes('hi'), bytes('hi'), bytes('hi')],
    '[104 105]|hi|6869|"hi"|[104 105]|[]byte{0x68, 0x69}|[]uint8',
  ],
  ['%v|%#v|%T', [strings('b', 'a'), strings('b', 'a'), strings()], '[b a]|[]string{"b", "a"}|[]string'],
  [
    '%v|%#v|%T',
    [texts({ b: 'x', a: 'y' }), texts({ a: 'y' }), texts({})],
    'map[a:y b:x]|map[string]string{"a":"y"}|map[string]string',
  ],
  [
    '%v|%d|%s',
    [new GoDuration(90_000_000_000n), new GoDuration(90_000_000_000n), new GoDuration(90_000_000_000n)],
    '1m30s|90000000000|1m30s',
  ],
  ['%v', [[bytes('hi')]], '[[104 105]]'],
  ['%c|%U', [bytes('hi'), bytes('hi')], '[h i]|[U+0068 U+0069]'],
  ['%', [], '%!(NOVERB)'],
  ['%d', [], '%!d(MISSING)'],
  ['%d %d', [goInt(1)], '1 %!d(MISSING)'],
  ['%d', [goInt(1), 'x', null], '1%!(EXTRA string=x, <nil>)'],
  ['%!', [], '%!!(MISSING)'],
  ['%z', [goInt(1)], '%!z(int=1)'],
  ['%z', ['x'], '%!z(string=x)'],
  ['%z', [null], '%!z(<nil>)'],
  ['%%|%5%|%-%', [], '%|%|%'],
  ['100%', [], '100%!(NOVERB)'],
  ['%é', [goInt(1)], '%!é(int=1)'],
  ['no verbs', [1, 'x'], 'no verbs%!(EXTRA float64=1, string=x)'],
  ['%w', ['x'], '%!w(string=x)'],
  ['%w', [[1]], '%!w([]interface {}=[1])'],
  ['%v %w', [1, null], '1 %!w(<nil>)'],
  ['%*d|%-*d|', [goInt(5), goInt(42), goInt(5), goInt(42)], '   42|42   |'],
  ['%*d|', [goInt(-5), goInt(42)], '42   |'],
  ['%.*f', [goInt(2), 3.14159], '3.14'],
  ['%*d', ['x', goInt(1)], '%!(BADWIDTH)1'],
  ['%.*d', [goInt(-1), goInt(5)], '%!(BADPREC)5'],
  ['%*d', [5, goInt(1)], '%!(BADWIDTH)1'],
  ['%*d', [goInt(10000000), goInt(1)], '%!(BADWIDTH)1'],
  ['%[2]d %[1]d', [goInt(1), goInt(2)], '2 1'],
  ['%[2]*[1]d', [goInt(1), goInt(5)], '    1'],
  ['%[3]*.[2]*[1]f', [12, goInt(2), goInt(6)], ' 12.00'],
  ['%[5]d', [goInt(1)], '%!d(BADINDEX)'],
  ['%[x]d', [goInt(1)], '%!d(BADINDEX)'],
  ['%[1', [goInt(1)], '%!(NOVERB)'],
  ['%[]d', [goInt(1)], '%!d(BADINDEX)'],
  ['%[1]d %d', [goInt(1), goInt(2)], '1 2'],
  ['%[0]d', [goInt(1)], '%!d(BADINDEX)'],
  ['%[1]2d', [goInt(1)], '%!d(BADINDEX)'],
  ['%2[1]d', [goInt(1)], ' 1'],
  ['%.[2]d', [goInt(1), goInt(2)], '2'],
  ['%100000000d', [goInt(1)], '%!(NOVERB)%!(EXTRA int=1)'],
  ['%-010d|%+ d|% +d', [goInt(5), goInt(5), goInt(5)], '5         |+5|+5'],
  ['%06d|%06d|%x', [goInt(-5), goInt(5), [goInt(10), goInt(11)]], '-00005|000005|[a b]'],
  ['%.2v|%6.2v', ['hello', 3.14159], 'he|   3.1'],
  ['%v|%d', [goInt(18446744073709551615n, 'uint64'), goInt(-128, 'int8')], '18446744073709551615|-128'],
  ['%v', [failure('bad')], 'bad'],
  ['%s|%q|%d', [failure('bad'), failure('bad'), 1], 'bad|"bad"|%!d(float64=1)'],
]

describe('sprintf', () => {
  for (const [format, values, printed] of cases) {
    it(`prints ${printed} under ${format}`, () => {
      expect(sprintf(format, values)).toBe(printed)
    })
  }
})

function map(entries: Record<string, Value>): Map<string, Value> {
  return new Map(Object.entries(entries))
}

function texts(entries: Record<string, string>): TypedMap<string> {
  return new TypedMap('string', Object.entries(entries))
}

function strings(...elements: string[]): TypedList<string> {
  return new TypedList('string', elements)
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function failure(text: string): GoObject {
  return {
    goType: '*errors.errorString',
    goKind: 'ptr',
    fields: new Map(),
    methods: new Map(),
    text: () => text,
  }
}

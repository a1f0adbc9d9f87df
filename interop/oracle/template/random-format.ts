import type { GoldenCase } from '../../../packages/template/test/golden-case.ts'
import type { GoldenValue } from '../../../packages/template/test/typed-value.ts'
import type { Random } from './random.ts'

/** Small languages inside of templates: verbs, regular expressions, layouts of times, globs. */
export function randomFormat(random: Random): GoldenCase {
  return random.weighted([
    [4, () => verbs(random)],
    [3, () => regularExpression(random)],
    [2, () => layout(random)],
    [1, () => glob(random)],
  ])
}

function verbs(random: Random): GoldenCase {
  const parts = random.list(random.between(1, 3), () => random.pick(['', 'a', ' ', '%%', 'é']) + verb(random))
  const args = random.list(random.pick([1, 2, 2, 3]), () => argument(random, 2))
  return { engine: 'fmt', format: parts.join(''), args }
}

function verb(random: Random): string {
  const flags = random
    .list(random.pick([0, 0, 1, 1, 2]), () => random.pick(['+', '-', '#', ' ', '0']))
    .join('')
  const index = random.chance(0.05) ? random.pick(['[1]', '[2]', '[3]', '[0]', '[x]']) : ''
  const width = random.pick(['', '', '', '1', '5', '12', '20', '*'])
  const precision = random.pick(['', '', '', '.', '.0', '.1', '.3', '.10', '.*'])
  return `%${flags}${index}${width}${precision}${random.pick([...'vvvddssqqxXobceEfFgGtTUO!z'])}`
}

function argument(random: Random, depth: number): GoldenValue {
  const below = () => argument(random, depth - 1)
  const nested = depth > 0 ? 1 : 0
  return random.weighted<GoldenValue>([
    [3, () => ({ $int: String(random.pick([0, 1, -1, 42, -300, 65, 128512, 1_000_000])) })],
    [1, () => ({ $uint8: String(random.between(0, 255)) })],
    [1, () => ({ $int64: random.pick(['-9223372036854775808', '9223372036854775807', '1234567890123']) })],
    [1, () => ({ $uint64: '18446744073709551615' })],
    [4, () => number(random)],
    [
      4,
      () => random.pick(['', 'a', 'héllo', 'a"b\\', 'line\nbreak', '\udcffx', '\u200b\u00ad😀', '`', "it's"]),
    ],
    [1, () => random.chance(0.5)],
    [1, () => null],
    [1, () => ({ $bytes: random.pick(['', 'aGk=', '/wA=']) })],
    [1, () => ({ $strings: ['x', 'é"'] })],
    [1, () => ({ $duration: random.pick(['1h', '0s', '1.5ms', '-2m3s']) })],
    [2 * nested, () => random.list(random.between(0, 3), below)],
    [2 * nested, () => ({ a: below(), b: below() })],
  ])
}

function number(random: Random): GoldenValue {
  // Without a minus before a zero, which JSON does not keep.
  const digits = Math.round((random.next() - 0.5) * 10 ** random.between(1, 17)) || 0
  return random.weighted<GoldenValue>([
    [3, () => digits / 10 ** random.between(0, 16)],
    [2, () => digits * 10 ** random.between(0, 20)],
    [
      2,
      () => random.pick([0, 1, 0.1, 0.5, 1.5, 2.5, 100000, 999999.5, 1e6, 1e20, 1e21, 1e-5, 5e-324, 1e308]),
    ],
    [1, () => ({ $float: random.pick(['NaN', '+Inf', '-Inf', '-0']) })],
  ])
}

const texts = [
  '',
  'a',
  'abc',
  'aab abb',
  'Hello World',
  '2020-01-02 and 03',
  'héllo wörld',
  'x\ny\nz',
  'a.b.c',
  '  ',
  'foo_bar',
  'aaaa',
  '日本',
  '\udcffa',
]

function regularExpression(random: Random): GoldenCase {
  const r = expression(random, 3)
  const call = random.pick([
    'regexMatch .r .s',
    'regexFind .r .s',
    'regexFindAll .r .s -1',
    'regexFindAll .r .s 2',
    'regexSplit .r .s -1',
    'regexSplit .r .s 2',
    'regexReplaceAll .r .s "<$1${2}$0>"',
    'regexReplaceAllLiteral .r .s "$1"',
  ])
  return { engine: 'text', values: { r, s: random.pick(texts) }, template: `{{ ${call} | printf "%q" }}` }
}

function expression(random: Random, depth: number): string {
  const below = () => expression(random, depth - 1)
  const nested = depth > 0 ? 1 : 0
  return random.weighted([
    [
      4,
      () =>
        random.pick([
          'a',
          'b',
          'o',
          '.',
          ' ',
          '\\d',
          '\\w',
          '\\s',
          '\\W',
          '[a-c]',
          '[^a]',
          '[[:alpha:]]',
          '\\pL',
          'é',
          '\\.',
          '[0-9-]',
          '\\x61',
          '\\b',
          '\\B',
        ]),
    ],
    [1, () => random.pick(['^', '$', '\\A', '\\z', '(?i)A', '(?s).', '(?m)^', '(?i:L)', '\\Qa.\\E'])],
    [4 * nested, () => below() + below()],
    [
      2 * nested,
      () => below() + random.pick(['*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,}', '{2,3}?']),
    ],
    [2 * nested, () => `(${below()})`],
    [1 * nested, () => `(?:${below()})`],
    [0.5 * nested, () => `(?P<n>${below()})`],
    [2 * nested, () => `${below()}|${below()}`],
    [
      0.1,
      () =>
        random.pick(['(', ')', '[', '*', 'a**', '\\', 'a{2,1}', '(?<=a)', '\\1', '[z-a]', '(?z)', '\\pX']),
    ],
  ])
}

const elements = [
  '2006',
  '06',
  '01',
  '1',
  'Jan',
  'January',
  '02',
  '2',
  '_2',
  '002',
  '__2',
  'Mon',
  'Monday',
  '15',
  '03',
  '3',
  '04',
  '4',
  '05',
  '5',
  'PM',
  'pm',
  'MST',
  '-0700',
  '-07:00',
  '-07',
  'Z0700',
  'Z07:00',
  'Z07',
  '.000',
  '.999',
  ',000000',
  '.000000000',
]

function layout(random: Random): GoldenCase {
  const l = random
    .list(
      random.between(1, 6),
      () => random.pick(elements) + random.pick(['', '-', ' ', ':', 'T', '/', ', ', 'x']),
    )
    .join('')
  const zone = random.pick([
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Nowhere',
  ])
  const seconds = random.between(-3_000_000_000, 5_000_000_000)
  const shown = `dateInZone .l ${seconds} .z`
  const template = `{{ ${shown} }}|{{ toDate .l (${shown}) }}|{{ mustToDate .l (${shown}) }}`
  return { engine: 'text', values: { l, z: zone }, template }
}

const paths = [
  'a.txt',
  'b.md',
  'conf/a.txt',
  'conf/b.yaml',
  'conf/deep/c.txt',
  'conf/deep/er/d.txt',
  'x',
  '[x].txt',
  'a-b_c.txt',
]

/** No empty braces, no three stars, no names beyond ASCII: gobwas/glob takes bytes for characters there, or panics. */
function glob(random: Random): GoldenCase {
  const p = random
    .list(random.between(1, 5), () =>
      random.pick([
        '*',
        '**',
        '?',
        'a',
        'conf',
        '/',
        '/',
        '.txt',
        '[ab]',
        '[!a]',
        '[a-c]',
        '{a,b}',
        '{a.txt,conf/*}',
        '\\[',
        'deep',
        '.',
        '[',
        '!',
        '-',
      ]),
    )
    .join('')
  const files = Object.fromEntries(paths.map((path) => [path, path]))
  return {
    engine: 'helm',
    files,
    values: { p: p.replace(/\*{3,}/g, '**') },
    template: '{{ range $n, $_ := .Files.Glob .Values.p }}{{ $n }};{{ end }}',
  }
}

import type { Random } from './random.ts'

const scalars = [
  'a',
  'x y',
  '1',
  '-1',
  '0',
  '1.5',
  '1e3',
  '0x1F',
  '010',
  '0o17',
  '0b11',
  '1_000',
  '.5',
  '+1',
  '-0',
  '1.0',
  '12345678901234567890',
  '1e400',
  '.inf',
  '-.inf',
  '.nan',
  'true',
  'yes',
  'No',
  'on',
  'OFF',
  'y',
  'n',
  'null',
  '~',
  '',
  'Null',
  '2020-01-02',
  '2020-01-02T03:04:05Z',
  '1:30',
  '"q"',
  '"a\\nb\\t\\u00e9\\x41"',
  "'it''s'",
  "''",
  '""',
  'a#b',
  'a #c',
  'http://x/y?z',
  '- a',
  '? a',
  '!x',
  '!!str 1',
  '!!int 3',
  '&n v',
  '*n',
  '*a',
  '@x',
  '%x',
  '`x',
  'é日😀',
  '<<',
  '=',
  'a: b',
  '{',
  '[',
  '}',
  ',',
  '|',
  '>',
  'x:',
  ':x',
  '-',
  '--',
  '---x',
  'it\'s "q"',
  '08',
  '1e',
  '0x',
  '1.2.3',
  '"unclosed',
  '{a: 1}',
  '[1, a, "b"]',
  '[]',
  '{}',
  '{a, b: c}',
  '[{a: 1}, [b]]',
  '{"a":1}',
  '[a,]',
  'a\tb',
  '\ta',
  'trail ',
  "'a b'",
  '"\\"',
  '"\\q"',
  '"\\u00e"',
  '!!binary aGk=',
  '!!float 1',
  '!!bool yes',
  '*b',
  '0.1',
  '100000',
  '1000000',
  '9007199254740993',
  '-.5',
  '1__0',
  '0_1',
  'a\u0007b',
  '\u00a0',
  '\u2028',
  '!!null x',
  'NaN',
  '1.',
  '1e+3',
  '1E3',
  '+.inf',
  '0O17',
  '-0x1f',
  '-010',
  '0b',
  '08.5',
  'a:b',
  "a'b",
  'a"b',
  '"a" b',
  '# c',
  '!',
  '&',
  '*',
  '!!map {}',
  '!!seq []',
  '!!set {a}',
  '1 # one',
]
const names = [
  'a',
  'b',
  'c',
  'key',
  '"q k"',
  "'s'",
  '1',
  'true',
  'null',
  '1.5',
  'x-y',
  'é',
  '<<',
  'a b',
  '? k',
  '10',
  '9',
  '~',
  '""',
  '0x10',
  'yes',
  '=',
  '!!str 5',
  '&m k',
  '[a]',
  '{a: b}',
]

const plain = [
  'a',
  'x y',
  '1',
  '1.5',
  'true',
  'null',
  '"q"',
  "'it''s'",
  'http://x/y?z',
  '[]',
  '{a: 1}',
  '[1, a, "b"]',
  '~',
  'é日😀',
  '2020-01-02',
  '0x1F',
]

function scalar(random: Random): string {
  return random.pick(random.chance(0.7) ? plain : scalars)
}

/** A YAML document: most of them plain, many with something odd, some broken. */
export function randomYaml(random: Random): string {
  const parts = random.list(random.chance(0.1) ? 2 : 1, () => block(random, 3, 0))
  const head = random.weighted([
    [8, () => ''],
    [1, () => '---\n'],
    [0.3, () => '# c\n'],
    [0.2, () => '%YAML 1.1\n---\n'],
    [0.2, () => '\ufeff'],
    [0.2, () => '\n\n'],
  ])
  const text = head + parts.join('---\n') + random.pick(['', '', '', '...\n', '---\n', '# end'])
  return random.chance(0.15) ? spoil(random, text) : text
}

function block(random: Random, depth: number, indent: number): string {
  const pad = ' '.repeat(indent)
  return random.weighted([
    [depth > 0 ? 5 : 0, () => random.list(random.between(1, 4), () => entry(random, depth, indent)).join('')],
    [depth > 0 ? 3 : 0, () => random.list(random.between(1, 3), () => item(random, depth, indent)).join('')],
    [depth > 0 ? 1 : 3, () => `${pad}${scalar(random)}\n`],
  ])
}

function entry(random: Random, depth: number, indent: number): string {
  const pad = ' '.repeat(indent)
  const name = random.pick(random.chance(0.9) ? names.slice(0, 6) : names)
  return `${pad}${name}:${value(random, depth, indent)}`
}

function item(random: Random, depth: number, indent: number): string {
  const pad = ' '.repeat(indent)
  if (depth > 1 && random.chance(0.3)) {
    const map = block(random, depth - 1, indent + 2)
    return `${pad}- ${map.slice(indent + 2)}`
  }
  return `${pad}-${value(random, depth, indent)}`
}

/** All that follows a colon or a dash. */
function value(random: Random, depth: number, indent: number): string {
  const deeper = indent + random.pick([2, 2, 2, 1, 4, 0])
  return random.weighted([
    [6, () => ` ${scalar(random)}${random.chance(0.1) ? ' # c' : ''}\n`],
    [depth > 0 ? 4 : 0, () => `\n${block(random, depth - 1, deeper)}`],
    [
      1,
      () =>
        ` ${random.pick(['|', '>', '|-', '>-', '|+', '>+', '|2', '>1-', '|9'])}\n${lines(random, indent + 2)}`,
    ],
    [
      0.5,
      () =>
        ` ${random.pick(['plain', '"double', "'single"])}\n${' '.repeat(indent + 1)}${random.pick(['more', 'end"', "end'", 'a: b', '# c'])}\n`,
    ],
    [0.4, () => ` &${random.pick(['a', 'b'])} ${scalar(random)}\n`],
    [0.4, () => ` *${random.pick(['a', 'b'])}\n`],
    [depth > 0 ? 0.4 : 0, () => ` &${random.pick(['a', 'b'])}\n${block(random, depth - 1, deeper)}`],
    [0.3, () => '\n'],
  ])
}

function lines(random: Random, indent: number): string {
  return random
    .list(random.between(0, 4), () =>
      random.pick([
        '',
        `${' '.repeat(indent)}x`,
        `${' '.repeat(indent)}a: b #c`,
        `${' '.repeat(indent + 2)}more`,
        ' ',
        `${' '.repeat(indent)}\ttab`,
        `${' '.repeat(indent)}end  `,
      ]),
    )
    .map((line) => `${line}\n`)
    .join('')
}

function spoil(random: Random, text: string): string {
  const characters = Array.from(text)
  const at = random.between(0, characters.length)
  const inserted = random.pick([
    '',
    '',
    ' ',
    '\t',
    ':',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '-',
    '#',
    '\n',
    ',',
    '&',
    '*',
    '!',
    '|',
    '\r',
    '%',
    '@',
    '\\',
  ])
  return characters.toSpliced(at, inserted === '' ? 1 : 0, inserted).join('')
}

import { head } from './head.mjs'
import { ignoreCases } from './ignore-cases.mjs'

/**
 * Small chart folders of our own, each with a point to ask the real helm about. A file is its text,
 * `{base64}`, `{link}` to a target, or `{archive}`: a chart folder that helm packs into this file first.
 */
const chart = (rest = '', files = {}) => ({ 'Chart.yaml': head + rest, ...files })
const only = (yaml, files = {}) => ({ 'Chart.yaml': yaml, ...files })
const sub = (name, rest = '') => `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n${rest}`
const descriptions = {
  plain: 'a chart',
  html: '<b>&amp; "x" \'y\' >=1 <2',
  unicode: 'grüße 日本 😀 \u00a0 nbsp \u200b zero \u0007 bell',
  lines: 'one\ntwo\n\nthree\n',
  'leading lines': '\n one\n  two',
  long: 'word '.repeat(60).trim(),
  'long unbroken': 'x'.repeat(300),
  'looks like yaml': 'yes',
  colon: 'a: b # c',
  'spaces around': '  a  ',
  dash: '- a',
  tab: 'a\tb',
  quotes: `it's "so" \\ back`,
  date: '2020-01-02',
  number: '1e5',
  hash: '#x',
  percent: '%x @y `z` {a} [b] !c &d *e |f >g',
  null: 'null',
  equals: '=',
}

const scalars = [
  '1.10',
  '1',
  '1.0',
  '"1.0"',
  '0x10',
  '010',
  '0o10',
  '0b11',
  '1_000',
  '1e3',
  '1e-5',
  '123456',
  'true',
  'yes',
  'on',
  'y',
  'null',
  '~',
  '2020-01-02',
  '1:30',
  '1.2.3',
  '1.123456789',
  '0.1',
  '123456789012',
  '1e300',
  "'x'",
  '" a "',
  '"a\\u200bb\\tc"',
  '.5',
  '+1',
  '-0',
  '1.',
  '12e03',
  '0.00001',
  '100000.5',
  '3.4028235e38',
  '1e7',
  '10000000.0',
  '1_234_567.5',
  '12345678',
  '12345678901234567',
  '12345678901234567890',
  '-9223372036854775808',
  '0xffffffffffffff',
  '1234567e-3',
]

const broken = {
  empty: '',
  'no name': 'version: 1.0.0\n',
  'no version': 'name: c\n',
  'bad version': 'name: c\nversion: abc\n',
  'spaced version': 'name: c\nversion: " 1.0.0"\n',
  'four parts': 'name: c\nversion: 1.2.3.4\n',
  'short version': 'name: c\nversion: 1\n',
  'v version': 'name: c\nversion: v1.2.3\n',
  'build version': 'name: c\nversion: 1.2.3-rc.1+b.5\n',
  'zero version': 'name: c\nversion: 0.0.0\n',
  'dot name': 'name: .\nversion: 1.0.0\n',
  'dots name': 'name: ..\nversion: 1.0.0\n',
  'slash name': 'name: a/b\nversion: 1.0.0\n',
  'spaced name': 'name: "a b"\nversion: 1.0.0\n',
  'upper name': 'name: Abc\nversion: 1.0.0\n',
  'bad type': 'name: c\nversion: 1.0.0\ntype: foo\n',
  library: 'name: c\nversion: 1.0.0\ntype: library\n',
  'null maintainer': 'name: c\nversion: 1.0.0\nmaintainers: [null]\n',
  'null dependency': 'name: c\nversion: 1.0.0\ndependencies: [null]\n',
  'bad alias': 'name: c\nversion: 1.0.0\ndependencies: [{name: a, alias: "b c"}]\n',
  'same alias': 'name: c\nversion: 1.0.0\ndependencies: [{name: a}, {name: b, alias: a}]\n',
  'missing dependencies':
    'apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies: [{name: a}, {name: b, alias: x}]\n',
  v3: 'apiVersion: v3\nname: c\nversion: 1.0.0\n',
  v9: 'apiVersion: v9\nname: c\nversion: 1.0.0\n',
  'keywords text': 'name: c\nversion: 1.0.0\nkeywords: foo\n',
  'maintainer text': 'name: c\nversion: 1.0.0\nmaintainers: [foo]\n',
  'flag text': 'name: c\nversion: 1.0.0\ndeprecated: "true"\n',
  'flag number': 'name: c\nversion: 1.0.0\ndeprecated: 1\n',
  'name list': 'name: [c]\nversion: 1.0.0\n',
  'dependency tags text': 'name: c\nversion: 1.0.0\ndependencies: [{name: 3, tags: x}]\n',
  'import-values text': 'name: c\nversion: 1.0.0\ndependencies: [{name: 3, import-values: x}]\n',
  'annotation list': 'name: c\nversion: 1.0.0\nannotations: {a: [b]}\n',
  'annotations text': 'name: c\nversion: 1.0.0\nannotations: foo\n',
  'nested keywords': 'name: c\nversion: 1.0.0\nkeywords: [1, [2]]\n',
  'maintainer email map': 'name: c\nversion: 1.0.0\nmaintainers: [{name: a, email: {}}]\n',
}

const lock = (text) => chart('dependencies: []\n', { 'Chart.lock': text })

export const cases = {
  minimal: chart(),
  'description merge': chart('description: <<\n'),
  'comments and unknown fields go': only('# top\nversion: 1.2.3 # v\nname: c\nfoo: bar\napiVersion: v2\n'),
  'no apiVersion': only('name: c\nversion: 1.2.3\n'),
  'keys of any case': only('NAME: c\nversion: 1.0.0\nName: d\nAppVersion: 3\n'),
  'empty fields go': chart(
    'home: ""\nkeywords: []\nmaintainers: []\nannotations: {}\ndeprecated: false\nsources: null\n',
  ),
  'null items': chart('keywords: [null, a]\nannotations: {a: null}\n'),
  'all fields': chart(
    'home: https://h\nsources: [https://s, https://t]\ndescription: d\nkeywords: [k, l]\nmaintainers:\n- {name: n, email: e@x.org, url: https://u}\n- {name: only}\n- {email: mail@x.org}\n- {}\n' +
      'icon: https://i\ncondition: a.b\ntags: t\nappVersion: "2"\ndeprecated: true\nannotations: {a: b, "9": c}\nkubeVersion: ">=1.20.0-0"\ntype: application\n',
  ),
  'annotations override': chart(
    'description: d\nannotations:\n  org.opencontainers.image.description: other\n  org.opencontainers.image.version: no\n  org.opencontainers.image.title: no\n' +
      '  org.opencontainers.image.created: never\n  empty: ""\n  "é<&>": "\\u2028"\n  __proto__: p\n  constructor: c\n  "10": ten\n  "9": nine\n',
  ),
  'annotation values': chart(
    'annotations: {b: 1, c: true, d: 1.5, e: 2020-01-02, f: 123456789012, i: 100000.5, j: 0x10, k: 1.123456789, o: 010, 1: x, yes: z, 1.5: w}\n',
  ),
  'sanitised fields': chart(
    'description: "a\\tb\\u00a0c\\u200bd\\u00ade\\u0007f"\nhome: "https://h\\u2028"\nkeywords: ["a\\tb"]\nsources: ["s\\u200b"]\nmaintainers: [{name: "n\\tm", email: "\\u200b"}]\nicon: "\\u200b"\nannotations: {"a\\tb": "c\\td\\u200b"}\n',
  ),
  'duplicate key': only(`${head}version: 3.0.0\n`),
  'anchors and merge': chart('annotations: &a {x: y}\nkeywords: &k [a]\n'),
  'second document': only(`${head}---\nname: other\n`),

  ...Object.fromEntries(
    Object.entries(descriptions).map(([name, text]) => [
      `description ${name}`,
      chart(
        `description: ${JSON.stringify(text)}\nannotations: {k: ${JSON.stringify(text)}, ${JSON.stringify(text)}: v}\n`,
      ),
    ]),
  ),
  ...Object.fromEntries(scalars.map((text) => [`appVersion ${text}`, chart(`appVersion: ${text}\n`)])),
  ...Object.fromEntries(Object.entries(broken).map(([name, yaml]) => [`Chart.yaml ${name}`, only(yaml)])),
  ...ignoreCases,
  'ignore file in a subchart is not read': chart('', {
    'charts/s/Chart.yaml': sub('s'),
    'charts/s/.helmignore': 'a.txt\n',
    'charts/s/a.txt': 'a\n',
  }),
  'ignore of a subchart': chart('', { '.helmignore': 'charts/s/\n', 'charts/s/Chart.yaml': sub('s') }),

  'files of every kind': chart('', {
    'values.yaml': '# keep\na: 1\n',
    'values.schema.json': '{"type": "object"}\n',
    'templates/NOTES.txt': 'notes\n',
    'crds/crd.yaml': 'a: 1\n',
    LICENSE: 'l',
    empty: '',
    'binary.bin': { base64: '77u/AAEC//4=' },
    'templates/bom.yaml': { base64: '77u/YTogMQo=' },
    'templates/two-boms.yaml': { base64: '77u/77u/YTogMQo=' },
    'values-prod.yaml': 'b: 1\n',
    'ci/values.yaml': 'c: 1\n',
    'Chart.yaml.orig': 'x\n',
    'charts/.keep': '',
  }),
  'byte order marks in yaml': {
    'Chart.yaml': `\ufeff${head}`,
    'values.yaml': '\ufeffa: 1\n',
    'values.schema.json': '\ufeff{}\n',
  },
  'carriage returns': {
    'Chart.yaml': 'apiVersion: v2\r\nname: c\r\nversion: 1.0.0\r\n',
    'values.yaml': 'a: 1\r\n---\r\nb: 2\r\n',
  },
  'long names': chart('', {
    [`templates/${'d'.repeat(60)}/${'e'.repeat(60)}/${'f'.repeat(90)}.yaml`]: 'a: 1\n',
    [`${'g'.repeat(140)}.txt`]: 'g\n',
  }),
  'name of 100': chart('', { [`${'h'.repeat(98)}`]: 'h\n', [`${'h'.repeat(99)}`]: 'h\n' }),
  'odd names': chart('', { 'a b.txt': '1\n', 'q\'"$.txt': '1\n', 'é.txt': '1\n', '-x': '1\n', 'a:b': '1\n' }),
  links: chart('', {
    'real/one.txt': '1\n',
    'link.txt': { link: 'real/one.txt' },
    'templates/dir': { link: '../real' },
    'chain.txt': { link: 'link.txt' },
  }),
  'dangling link': chart('', { nowhere: { link: 'gone' } }),
  'ignored dangling link': chart('', { '.helmignore': 'nowhere\n', nowhere: { link: 'gone' } }),
  'link in a circle': chart('', { loop: { link: 'loop' } }),
  'ignored link to a folder': chart('', {
    '.helmignore': 'l/\n',
    'real/one.txt': '1\n',
    l: { link: 'real' },
  }),

  'values of two documents': chart('', { 'values.yaml': 'a: {x: 1}\n---\na: {y: 2}\n' }),
  'values with a separator first': chart('', { 'values.yaml': '---\na: 1\n--- # c\nb: 1\n' }),
  'values bad separator': chart('', { 'values.yaml': 'a: 1\n--- b\n' }),
  'values list': chart('', { 'values.yaml': '- a\n' }),
  'values text': chart('', { 'values.yaml': 'a\n' }),
  'values null': chart('', { 'values.yaml': '\n' }),
  'values second broken': chart('', { 'values.yaml': 'a: 1\n---\n- b\n' }),
  'values hostile keys': chart('', {
    'values.yaml': '__proto__: {a: 1}\nconstructor: {b: 2}\n---\n__proto__: {c: 1}\n',
  }),
  'schema broken': chart('', { 'values.schema.json': '{' }),
  'schema empty': chart('', { 'values.schema.json': '' }),
  'schema in a subchart broken': chart('', {
    'charts/s/Chart.yaml': sub('s'),
    'charts/s/values.schema.json': '{',
  }),

  'v1 requirements': only('apiVersion: v1\nname: c\nversion: 1.0.0\n', {
    'requirements.yaml':
      'dependencies:\n- name: s\n  version: ">=0.1.0"\n  repository: https://r\n  alias: t\n',
    'requirements.lock': 'dependencies: []\ndigest: sha256:00\ngenerated: "2020-01-02T03:04:05Z"\n',
    'charts/s/Chart.yaml': sub('s'),
  }),
  'v1 dependencies in Chart.yaml': only(
    'apiVersion: v1\nname: c\nversion: 1.0.0\ntype: application\ndependencies: [{name: s}]\n',
    { 'charts/s/Chart.yaml': sub('s') },
  ),
  'v1 lock': only('apiVersion: v1\nname: c\nversion: 1.0.0\n', { 'Chart.lock': 'digest: x\n' }),
  'v2 requirements': chart('', {
    'requirements.yaml': 'dependencies:\n- name: s\n  version: 0.1.0\n  repository: https://r\n',
    'requirements.lock':
      'dependencies:\n- name: s\n  version: 0.1.0\n  repository: https://r\ndigest: sha256:00\ngenerated: "2020-01-02T03:04:05Z"\n',
    'charts/s/Chart.yaml': sub('s'),
  }),
  'v2 requirements over Chart.yaml': chart(
    'dependencies: [{name: a, alias: x, tags: [t], repository: r}]\n',
    {
      'requirements.yaml': 'dependencies: [{name: s}]\ndescription: from requirements\nhome: null\n',
      'charts/s/Chart.yaml': sub('s'),
    },
  ),
  'requirements broken': chart('', { 'requirements.yaml': 'dependencies: x\n' }),
  'both locks': chart('', { 'Chart.lock': 'digest: a\n', 'requirements.lock': 'digest: b\n' }),

  lock: lock(
    'dependencies:\n- name: s\n  repository: https://r\n  version: 0.1.0\ndigest: sha256:00\ngenerated: "2020-01-02T03:04:05.123456789+02:00"\n',
  ),
  'lock of an unquoted time': lock(
    'dependencies: []\ndigest: sha256:00\ngenerated: 2020-01-02T03:04:05.120000Z\n',
  ),
  'lock with offset zero': lock('digest: sha256:00\ngenerated: "2020-01-02T03:04:05+00:00"\n'),
  'lock without a time': lock('dependencies: null\nother: 1\n'),
  'lock empty': lock(''),
  'lock with more fields': lock(
    'dependencies: [{name: a, version: 1, condition: a.b, tags: [x], enabled: true, alias: y, import-values: [z, {child: a, parent: b}]}]\n',
  ),
  'lock bad time': lock('generated: yesterday\n'),
  'lock impossible day': lock('generated: "2020-02-30T00:00:00Z"\n'),
  'lock list': lock('- a\n'),

  'dependencies with everything': chart(
    'dependencies:\n- name: s\n  version: ">=0.1.0 <2"\n  repository: oci://r/x\n  condition: s.enabled,t\n  tags: [a, b]\n  enabled: true\n  alias: t\n  import-values:\n  - data\n  - child: a\n    parent: b\n  - 5\n  - {z: 1, a: [true, null, 1.5]}\n',
    { 'charts/s/Chart.yaml': sub('s') },
  ),
  'subchart folder': chart('', {
    'charts/s/Chart.yaml': sub('s', 'description: sub # gone\n'),
    'charts/s/values.yaml': 'a: 1 # kept\n',
    'charts/s/templates/x.yaml': 'x\n',
    'charts/s/templates/.x': 'x\n',
    'charts/s/charts/t/Chart.yaml': sub('t'),
    'charts/s/README.md': 'r\n',
  }),
  'subchart in a folder of another name': chart('', {
    'charts/dir/Chart.yaml': sub('s'),
    'charts/dir/a': 'a\n',
  }),
  'subcharts that are hidden': chart('', {
    'charts/_s/Chart.yaml': sub('s'),
    'charts/.t/Chart.yaml': sub('t'),
    'charts/_x': 'x',
    'charts/.y': 'y',
  }),
  'subchart v1': chart('', {
    'charts/s/Chart.yaml': 'name: s\nversion: 1.0.0\n',
    'charts/s/requirements.yaml': 'dependencies: []\n',
  }),
  'subchart of unknown apiVersion': chart('', {
    'charts/s/Chart.yaml': 'apiVersion: v9\nname: s\nversion: 1.0.0\n',
  }),
  'stray file in charts': chart('', { 'charts/README.md': 'r\n' }),
  'stray folder in charts': chart('', { 'charts/docs/README.md': 'r\n' }),
  'provenance in charts': chart('', {
    'charts/s-0.1.0.tgz.prov': 'p\n',
    'charts/s/Chart.yaml': sub('s'),
    'charts/s/x.prov': 'p\n',
  }),
  'broken subchart': chart('', { 'charts/s/Chart.yaml': 'name: s\n' }),
  'subchart archive': chart('dependencies: [{name: s, repository: "", version: 0.1.0}]\n', {
    'charts/s-0.1.0.tgz': {
      archive: {
        'Chart.yaml': sub('s', '# gone\n'),
        'values.yaml': 'a: 1\n',
        'templates/a.yaml': 'a\n',
        'charts/t/Chart.yaml': sub('t'),
        'b.bin': { base64: 'AAEC' },
      },
    },
  }),
  'subchart archive by another name': chart('', {
    'charts/any.tgz': { archive: { 'Chart.yaml': sub('s') } },
  }),
  'folder named like an archive': chart('', { 'charts/s.tgz/Chart.yaml': sub('s') }),
  'subchart that is no archive': chart('', { 'charts/s.tgz': 'text' }),
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Called } from './testing/call.ts'
import { call } from './testing/call.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-hostile-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** A chart `c` of one template and whatever else it has, rendered into `out`. */
async function template(
  text: string,
  { files = {}, args = [] }: { files?: Record<string, string>; args?: readonly string[] } = {},
): Promise<Called> {
  const all = {
    'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
    'templates/a.yaml': 'a: first\n',
    'templates/t.yaml': text,
    ...files,
  }
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(folder, 'c', path)), { recursive: true })
    await writeFile(join(folder, 'c', path), content)
  }
  return call(['template', 'c', ...args], { env: {}, cwd: folder, platform: process.platform })
}

interface Case {
  readonly what: string
  readonly text: string
  readonly files?: Record<string, string>
  readonly args?: readonly string[]
  readonly error: RegExp
}

const itself = '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}'

const cases: readonly Case[] = [
  {
    what: 'a template that includes itself',
    text: itself,
    error:
      /^Error: template: c\/templates\/t\.yaml:1:47: [^]*nested reference name: x: unable to execute template/,
  },
  {
    what: 'a template inside itself',
    text: '{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}',
    error: /exceeded maximum template depth \(100000\)/,
  },
  {
    what: 'templates that include each other',
    text: '{{ define "x" }}{{ include "y" . }}{{ end }}{{ define "y" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
    error: /nested reference name/,
  },
  {
    what: 'a value whose template is itself',
    text: '{{ tpl .Values.t . }}',
    files: { 'values.yaml': `t: '{{ tpl .Values.t . }}'\n` },
    error: /nests templates more than \d+ deep|exceeded maximum template depth/,
  },
  {
    what: 'a value that includes what evaluates it',
    text: '{{ define "x" }}{{ tpl .Values.t . }}{{ end }}{{ include "x" . }}',
    files: { 'values.yaml': `t: '{{ include "x" . }}'\n` },
    error: /nested reference name/,
  },
  {
    what: 'output without end',
    text: '{{ range until 100000 }}{{ repeat 100000 "x" }}{{ end }}',
    error: /template c\/templates\/t\.yaml writes more than \d+ characters/,
  },
  {
    what: 'output without end inside include',
    text: '{{ define "x" }}{{ range until 100000 }}{{ repeat 100000 "x" }}{{ end }}{{ end }}{{ include "x" . | trunc 1 }}',
    error: /writes more than \d+ characters/,
  },
  {
    what: 'a text that doubles itself',
    text: '{{ $x := "x" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}{{ len $x }}',
    error: /LIMIT_EXCEEDED|longer than/,
  },
  {
    what: 'a list that doubles itself',
    text: '{{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}{{ len $x }}',
    error: /more than \d+ elements/,
  },
  {
    what: 'steps without end',
    text: '{{ range until 4000 }}{{ range until 4000 }}{{ end }}{{ end }}',
    args: ['--max-steps', '1'],
    error: /takes more than 1000000 steps/,
  },
  {
    what: 'a huge range',
    text: '{{ range until 2000000000 }}{{ end }}',
    error:
      /t\.yaml:1:9: executing "c\/templates\/t\.yaml" at <until 2000000000>: error calling until: the result has more than/,
  },
  {
    what: 'a huge range of an integer',
    text: '{{ range 2000000000 }}{{ end }}',
    args: ['--max-steps', '1'],
    error: /takes more than 1000000 steps/,
  },
  {
    what: 'a huge repeat',
    text: '{{ repeat 2000000000 "x" }}',
    error: /error calling repeat: the result is longer/,
  },
  {
    what: 'a huge indent',
    text: '{{ indent 2000000000 "x" }}',
    error: /error calling indent: the result is longer/,
  },
  {
    what: 'a huge width',
    text: '{{ printf "%2000000000d" 1 }}',
    error: /c\/templates\/t\.yaml|YAML parse error/,
  },
  {
    what: 'a huge sequence',
    text: '{{ seq 2000000000 }}',
    error: /error calling seq: the result has more than/,
  },
  {
    what: 'parentheses without end',
    text: `{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`,
    error: /parse error at \(c\/templates\/t\.yaml:1\): max expression depth exceeded/,
  },
  {
    what: 'blocks without end',
    text: '{{ if 1 }}'.repeat(50_000),
    error: /parse error at \(c\/templates\/t\.yaml:1\): max block depth exceeded/,
  },
  {
    what: 'values nested without end',
    text: 'a: 1',
    files: { 'values.yaml': `a: ${'['.repeat(50_000)}` },
    error: /nested|exceeded max depth/,
  },
  {
    what: 'YAML nested without end out of a template',
    text: 'a: {{ repeat 50000 "[" }}',
    error: /nested|exceeded max depth/,
  },
  {
    what: 'YAML nested without end for fromYaml',
    text: '{{ (fromYaml (printf "a: %s" (repeat 50000 "["))).Error | fail }}',
    error: /nested|exceeded max depth/,
  },
  {
    what: 'aliases that multiply',
    text: 'a: 1',
    files: { 'values.yaml': bomb() },
    error: /alias|excessive|more than/,
  },
  {
    what: 'an expression that multiplies',
    text: '{{ mustRegexMatch "((a{1,100}){1,100}){1,100}" "a" }}',
    error: /error parsing regexp: invalid repeat count|expression/,
  },
  {
    what: 'a function of another kind of value',
    text: 'a: 1\nb: {{ upper .Values }}',
    error:
      /^Error: c\/templates\/t\.yaml:2:12\n {2}executing "c\/templates\/t\.yaml" at <\.Values>:\n {4}wrong type for value; expected string; got/,
  },
  {
    what: 'an index of what has none',
    text: '{{ index 5 1 }}',
    error:
      /^Error: template: c\/templates\/t\.yaml:1:3: executing "c\/templates\/t\.yaml" at <index 5 1>: error calling index: can't index item of type int/,
  },
  {
    what: 'too few arguments',
    text: '{{ replace "a" }}',
    error: /^Error: c\/templates\/t\.yaml:1:3\n[^]*wrong number of args for replace: want 3 got 1/,
  },
  {
    what: 'a missing value below a missing value',
    text: 'a: 1\n\nb: {{ .Values.image.tag }}',
    error:
      /^Error: c\/templates\/t\.yaml:3:13\n {2}executing "c\/templates\/t\.yaml" at <\.Values\.image\.tag>:\n {4}nil pointer evaluating interface \{\}\.tag/,
  },
  {
    what: 'a required value that is missing',
    text: 'a: {{ required "a tag is needed" .Values.tag }}',
    error: /^Error: execution error at \(c\/templates\/t\.yaml:1:6\): a tag is needed/,
  },
  {
    what: 'what is no YAML',
    text: '{{ if true }}\na: 1\nb: {{ "c: d" }}\n{{ end }}',
    error:
      /^Error: YAML parse error on c\/templates\/t\.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context[^]*its line 2 is: b: c: d/,
  },
  {
    what: 'a schema that refers to itself',
    text: 'a: 1',
    files: {
      'values.schema.json': '{"$ref":"#/definitions/a","definitions":{"a":{"$ref":"#/definitions/a"}}}',
    },
    error: /values don't meet the specifications of the schema\(s\) in the following chart\(s\):\nc:\n/,
  },
  {
    what: 'a schema that multiplies',
    text: 'a: 1',
    files: { 'values.schema.json': schemaBomb() },
    error: /the schema takes more than \d+ steps/,
  },
  {
    what: 'a schema of a file',
    text: 'a: 1',
    files: { 'values.schema.json': '{"$ref":"file:///etc/passwd"}' },
    error: /values don't meet the specifications of the schema\(s\)[^]*file:\/\/\/etc\/passwd/,
  },
  {
    what: 'a schema that is no JSON',
    text: 'a: 1',
    files: { 'values.schema.json': '{' },
    error: /values don't meet the specifications of the schema\(s\)[^]*unexpected EOF/,
  },
  {
    what: '--set without a value',
    text: 'a: 1',
    args: ['--set', 'a'],
    error: /failed parsing --set data: key "a" has no value/,
  },
  {
    what: '--set of a list that does not end',
    text: 'a: 1',
    args: ['--set', 'a={x'],
    error: /failed parsing --set data: list must terminate with '}'/,
  },
  {
    what: '--set of a huge index',
    text: 'a: 1',
    args: ['--set', 'a[70000]=1'],
    error: /index of 70000 is greater than maximum supported index/,
  },
  {
    what: '--set nested too deep',
    text: 'a: 1',
    args: ['--set', `${'a.'.repeat(40)}a=1`],
    error: /maximum supported nested level of 30/,
  },
  {
    what: '--set-json of no JSON',
    text: 'a: 1',
    args: ['--set-json', 'a={'],
    error: /failed parsing --set-json data/,
  },
  {
    what: 'values that are no YAML',
    text: 'a: 1',
    args: ['-f', 'bad.yaml'],
    files: { '../bad.yaml': 'a: [\n' },
    error: /failed to parse bad\.yaml/,
  },
]

describe('template of bad input', () => {
  it.each(cases)('ends $what with 8, and writes nothing', async ({ text, files, args = [], error }) => {
    const options = { files: files ?? {}, args: [...args, '--output-dir', 'out'] }
    const { code, stdout, stderr } = await template(text, options)
    expect(stderr).toMatch(error)
    expect([code, stdout]).toEqual([8, ''])
    expect(stderr).toMatch(/ \((RENDER_FAILED|VALUES_INVALID|LIMIT_EXCEEDED|YAML_INVALID|CHART_INVALID)\)\n/)
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })

  it('takes keys named as what objects of JavaScript inherit for data', async () => {
    const { code, stdout } = await template(
      '{{ $d := dict "__proto__" (dict "polluted" "yes") "constructor" 1 }}a: {{ $d | toJson }}\nb: {{ hasKey .Values "toString" }} {{ .Values.__proto__.x }} {{ (fromJson "{\\"__proto__\\":{\\"y\\":2}}") | toJson }}\n',
      {
        files: { 'values.yaml': '__proto__: {x: 1}\n' },
        args: ['--set', 'constructor.prototype.polluted=1'],
      },
    )
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(
        'a: {"__proto__":{"polluted":"yes"},"constructor":1}\nb: false 1 {"__proto__":{"y":2}}',
      ),
    ])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('matches at once what makes others backtrack', async () => {
    const { code, stdout } = await template(
      'a: {{ regexMatch "^(a+)+$" (printf "%sb" (repeat 50000 "a")) }}\nb: {{ regexMatch "^(a|a)*$" (printf "%sb" (repeat 60 "a")) }}\n',
    )
    expect([code, stdout]).toEqual([0, expect.stringContaining('a: false\nb: false\n')])
  })

  it('shows with --debug what is no YAML', async () => {
    const { code, stdout, stderr } = await template('a: [\nb: {{ "c" }}\n', { args: ['--debug'] })
    expect([code, stdout]).toEqual([8, ''])
    expect(stderr).toContain('---\n# Source: c/templates/t.yaml\na: [\nb: c\n')
  })

  it('asks no server for a schema', async () => {
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.url)
      response.end('{}')
    })
    await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil))
    const { port } = server.address() as AddressInfo
    const schema = `{"$ref":"http://127.0.0.1:${port}/schema.json"}`
    try {
      const { code, stderr } = await template('a: 1', { files: { 'values.schema.json': schema } })
      expect([code, stderr]).toEqual([8, expect.stringContaining('(VALUES_INVALID)')])
      expect(asked).toEqual([])
    } finally {
      await new Promise((fulfil) => server.close(fulfil))
    }
  })
})

describe('a limit of template', () => {
  const writing = 'a: {{ range until 20 }}{{ repeat 100000 "x" }}{{ end }}'
  const stepping =
    '{{ range until 500 }}{{ range until 1000 }}{{ .  | int | toString | trunc 0 }}{{ end }}{{ end }}'
  const nesting = `${Array.from({ length: 30 }, (_, i) => `{{ define "n${i}" }}{{ template "n${i + 1}" . }}{{ end }}`).join('')}{{ define "n30" }}a: 1{{ end }}{{ template "n0" . }}`

  it.each([
    ['--max-output', writing, '1', '4', /writes more than 1048576 characters/],
    ['--max-steps', stepping, '1', '9', /takes more than 1000000 steps/],
    ['--max-depth', nesting, '20', '40', /exceeded maximum template depth \(20\)/],
  ])('is lowered and raised by %s', async (flag, text, low, high, error) => {
    const refused = await template(text, { args: [flag, low] })
    expect([refused.code, refused.stdout]).toEqual([8, ''])
    expect(refused.stderr).toMatch(error)
    expect((await template(text, { args: [flag, high] })).code).toBe(0)
  })
})

describe('--output-dir', () => {
  it('gets no file when one of them cannot be written', async () => {
    await mkdir(join(folder, 'out', 'c', 'templates', 't.yaml'), { recursive: true })
    const { code, stderr } = await template('b: 1', { args: ['--output-dir', 'out'] })
    expect(code, stderr).not.toBe(0)
    expect(stderr).toContain('t.yaml is a folder')
    expect(readdirSync(join(folder, 'out'), { recursive: true }).sort()).toEqual([
      'c',
      join('c', 'templates'),
      join('c', 'templates', 't.yaml'),
    ])
  })

  it('keeps what lies there, and gets the files that helm writes', async () => {
    await mkdir(join(folder, 'out'))
    await writeFile(join(folder, 'out', 'mine'), 'mine')
    const text = 'b: 1\n---\nc: 2\n'
    expect((await template(text, { args: ['--output-dir', 'out'] })).code).toBe(0)
    expect((await template(text, { args: ['--output-dir', 'out'] })).code).toBe(0)
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['c', 'mine'])
    expect(readFileSync(join(folder, 'out', 'c', 'templates', 't.yaml'), 'utf8')).toBe(
      '---\n# Source: c/templates/t.yaml\nb: 1\n\n---\n# Source: c/templates/t.yaml\nc: 2\n\n',
    )
  })
})

/** Lists of lists of lists, of which each says the one before it ten times. */
function bomb(): string {
  return Array.from(
    { length: 20 },
    (_, i) =>
      `l${i}: &l${i} [${
        i === 0
          ? 'x'
          : Array(10)
              .fill(`*l${i - 1}`)
              .join(', ')
      }]\n`,
  ).join('')
}

/** Each definition holds the one before it twice. */
function schemaBomb(): string {
  const definitions = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => {
      const reference = { $ref: `#/definitions/d${i - 1}` }
      return [`d${i}`, i === 0 ? {} : { allOf: [reference, reference] }]
    }),
  )
  return JSON.stringify({ allOf: [{ $ref: '#/definitions/d59' }], definitions })
}

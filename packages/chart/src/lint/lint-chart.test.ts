import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Finding } from './finding.ts'
import { lintChart } from './lint-chart.ts'

interface Case {
  readonly files: Record<string, string>
  readonly findings: readonly Finding[]
}

// Written by interop/oracle/chart/regenerate.mjs from the real helm.
const golden: { cases: Record<string, Case> } = JSON.parse(
  readFileSync(new URL('../../golden/lint.json', import.meta.url), 'utf8'),
)

/** The YAML and JSON parsers and the schema checker have words of their own. */
const ownWords = /^(unable to parse YAML|failed to strictly parse .*\s.*converting YAML|- at |unexpected EOF)/

describe('lintChart finds what helm 4.2.4 finds', () => {
  it.each(Object.entries(golden.cases))('%s', (_, { files, findings }) => {
    expect(summary(lint(files))).toEqual(summary(findings))
    for (const [index, { message }] of findings.entries()) {
      if (!ownWords.test(message)) expect(lint(files)[index]?.message).toBe(message)
    }
  })

  function summary(findings: readonly Finding[]): string[] {
    return [...new Set(findings.map(({ severity, path }) => `${severity} ${path}`))]
  }
})

describe('values.schema.json', () => {
  it('is checked down to the place of each fault', () => {
    const schema = { properties: { a: { properties: { b: { type: 'string' } } }, c: { minimum: 3 } } }
    expect(schemaFindings(schema, 'a: {b: 1}\nc: 2\n')).toEqual([
      `error at '/a/b': Instance type "number" is invalid. Expected "string".`,
      "error at '/c': 2 is less than 3.",
    ])
  })

  it('names what is not allowed', () => {
    expect(schemaFindings({ additionalProperties: false }, 'a: 1\n')).toEqual([
      "error at '/a': not allowed here",
    ])
  })

  it.each([
    ['a reference to another document', { $ref: 'https://h/x.json' }],
    ['a reference to itself', { $ref: '#' }],
    ['a pattern of Go alone', { properties: { a: { pattern: '(?i)x' } } }],
    ['a pattern that takes exponential time', { properties: { a: { pattern: '^(a+)+$' } } }],
    ['a property pattern of Go alone', { patternProperties: { '(?i)x': {} }, additionalProperties: false }],
  ])('%s is not checked, which is said', (_, schema) => {
    const findings = schemaFindings(schema, `a: ${'a'.repeat(100)}!\n`)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatch(/^warning .*(not checked|cannot be checked)/)
  })

  it('lets properties be named as keywords are', () => {
    const schema = { properties: { default: { pattern: '^\\_$' }, pattern: { type: 'string' }, enum: false } }
    expect(schemaFindings(schema, 'default: "_"\npattern: a\n')).toEqual([])
  })

  function schemaFindings(schema: object, values: string): string[] {
    const files = { 'Chart.yaml': good, 'values.yaml': values, 'values.schema.json': JSON.stringify(schema) }
    return lint(files).map(({ severity, message }) => `${severity} ${message}`)
  }
})

describe('lintChart', () => {
  it('takes a chart without Chart.yaml', () => {
    expect(lint({})).toContainEqual({
      severity: 'error',
      path: 'Chart.yaml',
      message: 'Chart.yaml file is missing',
    })
  })

  it('reads all documents of values.yaml, as helm does when it installs', () => {
    const schema = '{"required": ["b"]}'
    expect(
      lint({ 'Chart.yaml': good, 'values.yaml': 'a: 1\n---\nb: 1\n', 'values.schema.json': schema }),
    ).toEqual([])
  })
})

const good = 'apiVersion: v2\nname: c\nversion: 1.0.0\nicon: https://i/x.png\n'

function lint(files: Record<string, string>): Finding[] {
  const encoder = new TextEncoder()
  return lintChart({
    files: Object.entries(files).map(([name, text]) => ({ name, data: encoder.encode(text) })),
  })
}

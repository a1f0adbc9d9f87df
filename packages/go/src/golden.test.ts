import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { YamlValue } from './index.ts'
import {
  formatJson,
  formatVersion,
  formatYaml,
  parseConstraint,
  parseStrictVersion,
  parseVersion,
  parseYaml,
} from './index.ts'

/** What Go says, written by interop/oracle/go/regenerate.mjs. */
function golden<T>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8')) as T[]
}

interface Read {
  readonly text: string
  readonly value?: YamlValue
  readonly error?: string
}

/** js-yaml reads by YAML 1.2 here: U+0085 and U+2028 break no line, and these indicators may start a key. */
const unlikeGo = /[\u0085\u2028]|^[&!]: |^\.\.\. /

describe('parseYaml', () => {
  const cases = golden<Read>('read')

  it.each(cases.filter(({ text }) => !unlikeGo.test(text)))('reads $text as Go does', sameAsGo)

  it.fails.each(cases.filter(({ text }) => unlikeGo.test(text)))('does not read $text as Go does', sameAsGo)

  function sameAsGo({ text, value, error }: Read): void {
    if (error === undefined) expect(plain(parseYaml(text))).toEqual(value ?? null)
    else expect(() => parseYaml(text)).toThrow()
  }
})

interface Write {
  readonly value: YamlValue
  readonly yaml: string
  readonly json: string
  /** Absent where Go cannot read what it wrote. */
  readonly back?: YamlValue
}

describe('formatYaml and formatJson', () => {
  it.each(golden<Write>('write').map((one, index) => ({ ...one, index })))(
    'write case $index as Go does',
    (one) => {
      expect(formatYaml(one.value)).toBe(one.yaml)
      expect(formatJson(one.value)).toBe(one.json)
    },
  )

  const readable = golden<Write>('write')
    .map((one, index) => ({ ...one, index }))
    .filter(({ back }) => back !== undefined)
  // A document that is one block of text with an indentation hint: js-yaml counts it from -1, Go from 0.
  const hinted = (one: Write): boolean => one.yaml.startsWith('|2') && /[^\n]/.test(one.yaml.slice(4))

  it.each(readable.filter((one) => !hinted(one)))(
    'case $index is read back as Go reads it',
    ({ yaml, back }) => {
      expect(plain(parseYaml(yaml))).toEqual(back)
    },
  )

  it.fails.each(readable.filter(hinted))('case $index is not read back as Go reads it', ({ yaml, back }) => {
    expect(plain(parseYaml(yaml))).toEqual(back)
  })
})

interface Parsed {
  readonly text: string
  readonly loose?: string
  readonly strict: boolean
}

const versions = golden<Parsed>('versions')

describe('parseVersion', () => {
  it.each(versions)('takes $text as Go does', ({ text, loose, strict }) => {
    const parsed = parseVersion(text)
    expect(parsed === undefined ? undefined : formatVersion(parsed)).toBe(loose)
    expect(parseStrictVersion(text) !== undefined).toBe(strict)
  })
})

interface Checked {
  readonly text: string
  readonly error?: string
  readonly checks?: string
}

describe('parseConstraint', () => {
  it.each(golden<Checked>('constraints'))(
    '$text is satisfied by the versions that Go says',
    ({ text, error, checks }) => {
      if (error !== undefined) {
        expect(() => parseConstraint(text)).toThrow('improper constraint')
        return
      }
      const constraint = parseConstraint(text)
      const ours = versions.map((one) => {
        const version = parseVersion(one.text)
        return version === undefined ? '-' : constraint.check(version) ? '1' : '0'
      })
      expect(ours.join('')).toBe(checks)
    },
  )
})

/** Without the null prototypes, which toEqual would look at. */
function plain(value: YamlValue): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}

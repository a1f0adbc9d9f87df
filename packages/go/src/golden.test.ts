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

describe('parseYaml', () => {
  const cases = golden<Read>('read')

  it.each(cases)('reads $text as Go does', ({ text, value, error }) => {
    if (error === undefined) expect(plain(parseYaml(text))).toEqual(value ?? null)
    else expect(() => parseYaml(text)).toThrow(error)
  })
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
  it.each(readable)('case $index is read back as Go reads it', ({ yaml, back }) => {
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

import { describe, expect, it } from 'vitest'
import { parseConstraint } from './constraint.ts'

describe('a hostile constraint', () => {
  // Each took hours, or years, when a blank could be read in two ways.
  it.each([
    ['many wide gaps', `${`1${' '.repeat(20)}`.repeat(20)}!`],
    ['many commas', `${'1 , '.repeat(100)}!`],
    ['many signs', `${'>  1 '.repeat(80)}!`],
    ['many hyphens', `${'1 - '.repeat(120)}!`],
    ['one long pre-release', `1-${'a.'.repeat(250)}`],
  ])('of %s is refused at once', (_, text) => {
    expect(() => parseConstraint(text)).toThrow('improper constraint')
  })

  it('is no longer than Masterminds reads, and of no more groups', () => {
    expect(parseConstraint(`>=${' '.repeat(509)}1`).toString()).toHaveLength(512)
    expect(() => parseConstraint(`>=${' '.repeat(510)}1`)).toThrow('too long (max 512 bytes)')
    expect(parseConstraint(Array.from({ length: 32 }, () => '1').join('||'))).toBeDefined()
    expect(() => parseConstraint(Array.from({ length: 33 }, () => '1').join('||'))).toThrow(
      'too many constraint groups (max 32)',
    )
  })
})

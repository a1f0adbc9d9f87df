import { describe, expect, it } from 'vitest'
import { normalizeArgv } from './argv.ts'
import { commandTable } from './command-table.ts'

describe('normalizeArgv', () => {
  it.each([
    ['--plain-http=false', '--no-plain-http'],
    ['--plain-http=true', '--plain-http'],
    ['--plain-http=F', '--no-plain-http'],
    ['--version=1.2.3', '--version=1.2.3'],
    ['--plain-http', '--plain-http'],
    ['-d', '-d'],
  ])('turns %s into %s', (from, to) => {
    expect(normalizeArgv(['pull', from, 'x'], commandTable)).toEqual(['pull', to, 'x'])
  })

  it('leaves what follows -- alone', () => {
    expect(normalizeArgv(['pull', '--', '--plain-http=false'], commandTable)).toEqual([
      'pull',
      '--',
      '--plain-http=false',
    ])
  })

  it('refuses a boolean that is none', () => {
    expect(() => normalizeArgv(['--untar=perhaps'], commandTable)).toThrow(
      '--untar takes true or false, not perhaps',
    )
  })
})

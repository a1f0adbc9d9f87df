import { parseYaml, toValue } from '@chartroom/go'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineText } from './line-text.ts'
import { unifiedDiff } from './unified-diff.ts'

const configuration = 'server {\n  listen 80; \n\troot /x;\n}\n'

describe('a text of several lines', () => {
  it('has a line for each, also where it cannot be a block', () => {
    expect(lineText(new Map([['a', configuration]]))).toBe(
      'a: "server {\\n\\\n  \\  listen 80; \\n\\\n  \\troot /x;\\n\\\n  }\\n"\n',
    )
    expect(lineText(new Map([['l', [' a \nb', new Map([['k', 'a \nb']])]]]))).toBe(
      'l:\n- " a \\n\\\n    b"\n- k: "a \\n\\\n    b"\n',
    )
  })

  it('has what nobody sees as an escape', () => {
    const data = new Map([['a', '\u2028\n\u0085\u202e\u007f']])
    expect(lineText(data)).toBe('a: "\\u2028\\n\\\n  \\u0085\\u202e\\u007f"\n')
    expect(toValue(parseYaml(lineText(data)))).toEqual(data)
  })

  it('stays the block that it is', () => {
    expect(lineText(new Map([['a', 'x\ny\n']]))).toBe('a: |\n  x\n  y\n')
  })

  it('changes in one line where one of its lines does', async () => {
    const [before, after] = [configuration, configuration.replace('80', '8080 with many words more')]
    const budget = { edits: 100 }
    const diff = await unifiedDiff(
      lineText(new Map([['a', before]])),
      lineText(new Map([['a', after]])),
      budget,
    )
    expect(diff.split('\n').filter((line) => /^[-+]/.test(line))).toEqual([
      '-  \\  listen 80; \\n\\',
      '+  \\  listen 8080 with many words more; \\n\\',
    ])
  })

  it('is not mixed up with texts that look like the words in its place', () => {
    const data = new Map([
      ['a', 'x \ny'],
      ['b', 'text0.'],
      ['c', 'textx0.'],
    ])
    expect(toValue(parseYaml(lineText(data)))).toEqual(data)
  })

  it('is the same data when it is read again', () => {
    const part = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\t',
      '"',
      "'",
      '\\',
      '\\n',
      ':',
      '# ',
      '- ',
      '|',
      'é',
      '😀',
      '\r',
      '\u0007',
    )
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''))
    const list = fc.array(text, { maxLength: 3 })
    fc.assert(
      fc.property(text, list, fc.dictionary(fc.constantFrom('a', 'b c', '1'), text), (one, many, map) => {
        const data = new Map<string, string | string[] | Map<string, string>>([
          ['one', one],
          ['many', many],
          ['map', new Map(Object.entries(map))],
        ])
        expect(toValue(parseYaml(lineText(data)))).toEqual(data)
      }),
      { numRuns: 2000 },
    )
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import type { ChartResult } from '@chartroom/verbs'
import { describe, expect, it } from 'vitest'
import { Hidden } from './hidden.ts'
import { limits } from './limits.ts'
import { code, escaped, fenced, link, table } from './markdown.ts'
import { publishedTable, Summary } from './summary.ts'

const hostile: ChartResult = {
  name: 'a|b<img src=x onerror=alert(1)>',
  version: '1.0.0\n\n# Title\n::set-output name=a::b',
  digest: 'sha256:0',
  size: 1,
  destinations: [
    {
      to: 'oci://host/charts',
      kind: 'oci',
      reference: 'oci://host/`x`$(id)</code>[a](javascript:b)@octocat',
      action: 'create',
      status: 'done',
      visibility: 'private',
      visibilityPage: 'https://github.com/a"><script>|b',
    },
  ],
}

describe('a summary', () => {
  it('shows what others wrote as text', () => {
    const [, , row = '', ...rest] = publishedTable([hostile]).trimEnd().split('\n')
    expect(rest).toEqual([])
    expect(row.split('|')).toHaveLength(8)
    // What is left of HTML is our own.
    expect(row.match(/<[^>]*>/g)).toEqual([
      '<code>',
      '</code>',
      '<code>',
      '</code>',
      '<a href="https://github.com/a%22%3E%3Cscript%3E&#124;b">',
      '</a>',
    ])
    expect(row).not.toMatch(/[`@[$]/)
  })

  it('has whole blocks, as many as the runner takes, and says what is left out', async () => {
    const summary = new Summary()
    summary.add('# First')
    summary.add('x'.repeat(limits.summaryBytes))
    summary.add('# Last ghs_secret')
    const hidden = new Hidden()
    hidden.add('ghs_secret')
    const file = join(temporaryFolder(), 'summary')
    await summary.write(file, hidden)
    expect(readFileSync(file, 'utf8')).toBe(
      '# First\n\n# Last ***\n\n1 more parts are left out for want of room: the log has all of it.\n',
    )
  })

  it('is not written where nobody wants one', async () => {
    const summary = new Summary()
    summary.add('x')
    await expect(summary.write(undefined, new Hidden())).resolves.toBeUndefined()
  })
})

describe('Markdown', () => {
  it.each([
    ['a_b*c~d', 'a&#95;b&#42;c&#126;d'],
    ['&amp; <b>', '&#38;amp; &#60;b&#62;'],
    ['two\nlines', 'two lines'],
    ['\u202eabc\u001b[0m', 'abc&#91;0m'],
  ])('of %j is %j', (text, expected) => {
    expect(escaped(text)).toBe(expected)
  })

  it('has no empty code, and no links but of the web', () => {
    expect([code(''), link('a', 'javascript:x'), link('a', 'b c')]).toEqual(['', 'a', 'a'])
  })

  it('has fences that nothing in them ends', () => {
    expect(fenced('a\n````\nb\n', 'sh')).toBe('`````sh\na\n````\nb\n`````\n')
  })

  it('has tables of as many rows as there is room for', () => {
    const text = table(['a'], [['one'], ['two'], ['three']], 16)
    expect(text).toBe('| a |\n| --- |\n| one |\n| two |\n\n1 more are left out for want of room.\n')
  })
})

import type { ChartResult } from '@chartroom/verbs'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { isOurs, releaseSection, withSection } from './release-body.ts'

function chart(name: string, reference = `oci://ghcr.io/me/charts/${name}:1.0.0_b`): ChartResult {
  const destination = { to: 'x', kind: 'oci', reference, action: 'create', status: 'done' } as const
  return {
    name,
    version: '1.0.0+b',
    digest: 'sha256:1',
    size: 1,
    destinations: [{ ...destination, manifestDigest: 'sha256:2' }],
  }
}

describe('the text of a release', () => {
  it('has digests, and lines that can be pasted', () => {
    const text = releaseSection([chart('app')], 'https://me.example/charts')
    expect(text).toContain('| app | 1.0.0+b | <code>sha256:1</code> | <code>sha256:2</code> |')
    expect(text).toContain('\nhelm install app oci://ghcr.io/me/charts/app --version 1.0.0+b\n')
    expect(text).toContain('\nhelm install app app --repo https://me.example/charts --version 1.0.0+b\n')
  })

  it.each(['$(id)', 'a b', '`id`', "a'b", 'a;b', 'a\nb', 'a|b'])('has no line with %j in it', (name) => {
    expect(releaseSection([chart(name)])).not.toContain('helm install')
  })

  it('keeps what others wrote before and after it', () => {
    const first = withSection('Notes', 'one')
    const second = withSection(`${first}\n\nMore`, 'two')
    expect(second).toMatch(/^Notes\n\n<!-- chartroom: .*-->\ntwo\n<!-- chartroom: end -->\n\nMore$/)
    expect([isOurs(first), isOurs(withSection(' ', 'one'))]).toEqual([false, true])
  })

  it('is not longer than GitHub takes', () => {
    const charts = Array.from({ length: 2000 }, (_, index) => chart(`chart-with-a-long-name-${index}`))
    const text = releaseSection(charts)
    expect(text.length).toBeLessThan(limits.releaseBody)
    expect(text).toMatch(/\d+ more are left out for want of room/)
  })
})

import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { checkName, nameFrom, objectName } from './name.ts'

describe('checkName', () => {
  it.each(['a', 'app', 'a-b-1', '1a', 'x'.repeat(limits.label)])('takes %s', (name) => {
    expect(checkName('--name', name)).toBe(name)
  })

  it.each([
    ['', /letter or digit at both ends\.$/],
    ['App', /such as app\.$/],
    ['a_b', /such as a-b\.$/],
    ['-a', /such as a\.$/],
    ['a.b', /such as a-b\.$/],
    ['a\nb', /such as a-b\.$/],
    ['x'.repeat(limits.label + 1), /such as x+\.$/],
    ['日本', /at both ends\.$/],
  ])('refuses %j and says what it might be', (name, hint) => {
    expect(() => checkName('--namespace', name)).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: expect.stringMatching(hint) }),
    )
  })
})

describe('objectName', () => {
  it.each([
    ['app', 'app'],
    ['my_chart', 'my-chart'],
    ['My.Chart', 'my-chart'],
    ['a'.repeat(80), 'a'.repeat(limits.releaseName)],
    [`${'a'.repeat(limits.releaseName - 1)}.b`, 'a'.repeat(limits.releaseName - 1)],
  ])('makes a name from the chart %s', (chart, name) => {
    expect(objectName(undefined, chart)).toBe(name)
  })

  it('refuses a release name that helm would refuse', () => {
    expect(() => objectName('x'.repeat(limits.releaseName + 1), 'app')).toThrow(/--name/)
  })

  it('says so when a chart gives no name', () => {
    expect(nameFrom('...')).toBeUndefined()
    expect(() => objectName(undefined, '...')).toThrow(
      expect.objectContaining({ hint: 'Give one with --name.' }),
    )
  })
})

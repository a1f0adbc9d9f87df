import { describe, expect, it } from 'vitest'
import { requireVersionTag } from './version-tag.ts'

const app = { name: 'app', version: '1.2.3-rc.1+build' }

describe('a version tag', () => {
  it.each(['chart-v1.2.3-rc.1+build', 'v1.2.3-rc.1+build', 'app-1.2.3-rc.1+build', 'app-v1.2.3-rc.1+build'])(
    '%s carries the version',
    (tag) => {
      expect(() => requireVersionTag(tag, [app])).not.toThrow()
    },
  )

  it.each(['v1.2.3', '1.2.3-rc.1_build', 'other-1.2.3-rc.1+build', 'V1.2.3-rc.1+build', '$(id)', 'main', ''])(
    '%s does not',
    (tag) => {
      expect(() => requireVersionTag(tag, [app])).toThrow(/does not carry the version of app 1\.2\.3/)
    },
  )

  it('carries that of every chart, or names those it does not', () => {
    const others = [
      { name: 'lib', version: '1.0.0' },
      { name: 'web', version: '2.0.0' },
    ]
    expect(() => requireVersionTag('v1.0.0', others)).toThrow('does not carry the version of web 2.0.0')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTag } from './name.ts'
import { fileToTag, tagToFile } from './path.ts'

const tags = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)

describe('the file name of a tag', () => {
  it('gives the tag back, fits a file system and differs from others also without case', () => {
    fc.assert(
      fc.property(tags, tags, (tag, other) => {
        const file = tagToFile(tag)
        expect(fileToTag(file)).toBe(tag)
        expect(file.length).toBeLessThan(256)
        if (tag !== other) expect(file.toLowerCase()).not.toBe(tagToFile(other).toLowerCase())
      }),
    )
  })

  it.each(['', 'x', '=', '==', 'zz=a=', '.tmp', '=a'])('is not %j', (file) => {
    const tag = fileToTag(file)
    expect(tag === undefined || !isTag(tag)).toBe(true)
  })
})

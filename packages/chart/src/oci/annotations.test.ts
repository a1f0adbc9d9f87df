import { describe, expect, it } from 'vitest'
import { manifestAnnotations } from './annotations.ts'
import { tagToVersion, versionToTag } from './version-tag.ts'

// Whole sets of annotations are in golden/folders.json, by the real helm.
const created = new Date('2020-01-02T03:04:05.678Z')
const metadata = { apiVersion: 'v2', name: 'c', version: '1.0.0' }

describe('manifestAnnotations', () => {
  it('writes the time in whole seconds of UTC', () => {
    expect(manifestAnnotations(metadata, created)['org.opencontainers.image.created']).toBe(
      '2020-01-02T03:04:05Z',
    )
  })

  it('leaves out what is blank, and keeps blanks around what is not', () => {
    const annotations = manifestAnnotations({ ...metadata, home: '  ', description: ' a ' }, created)
    expect('org.opencontainers.image.url' in annotations).toBe(false)
    expect(annotations['org.opencontainers.image.description']).toBe(' a ')
  })
})

describe('a tag', () => {
  it('has an underscore for each plus of the version, and back', () => {
    expect([versionToTag('1.0.0-a+b.c'), tagToVersion('1.0.0_b_c')]).toEqual(['1.0.0-a_b.c', '1.0.0+b+c'])
  })
})

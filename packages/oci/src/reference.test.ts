import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Digest } from './index.ts'
import { formatReference, isTag, parseReference } from './index.ts'
import { limits } from './limits.ts'

const hex = 'a'.repeat(64)

describe('a reference', () => {
  it.each([
    ['ghcr.io/me/charts/app:1.0.0', { registry: 'ghcr.io', repository: 'me/charts/app', tag: '1.0.0' }],
    ['oci://localhost:5000/app', { registry: 'localhost:5000', repository: 'app' }],
    ['[::1]:5000/a/b:1', { registry: '[::1]:5000', repository: 'a/b', tag: '1' }],
    ['oci://h/a:1.0.0+build', { registry: 'h', repository: 'a', tag: '1.0.0_build' }],
    [`h/a@sha256:${hex}`, { registry: 'h', repository: 'a', digest: `sha256:${hex}` }],
    [
      `h:1/a:t@sha512:${hex}${hex}`,
      { registry: 'h:1', repository: 'a', tag: 't', digest: `sha512:${hex}${hex}` },
    ],
    ['GHCR.IO/a', { registry: 'ghcr.io', repository: 'a' }],
    ['h/a__b/c-d--e/f.g', { registry: 'h', repository: 'a__b/c-d--e/f.g' }],
  ])('%s is read', (text, wanted) => {
    expect(parseReference(text)).toEqual(wanted)
  })

  it.each(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'])(
    'at %s is at the host Docker Hub answers on',
    (registry) => {
      expect(parseReference(`${registry}/me/app`).registry).toBe('registry-1.docker.io')
    },
  )

  it.each([
    ['app', /no host/],
    ['', /no host/],
    ['h/', /no path/],
    ['h/App', /lower case: app/],
    ['h/a:b/c', /no repository path/],
    ['h/a:', /no tag/],
    ['h/a:-x', /no tag/],
    [`h/a:${'t'.repeat(129)}`, /no tag/],
    ['h/a@sha256:abc', /no digest/],
    ['h/a@md5:abc', /no digest/],
    ['h:99999/a', /no host/],
    ['[::g]/a', /no host/],
    ['user@h/a', /no host/],
    ['h/a/../b', /no repository path/],
    ['h/a//b', /no repository path/],
    ['http://h/a', /no /],
  ])('%j is refused', (text, reason) => {
    expect(() => parseReference(text)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(reason) as unknown }) as Error,
    )
  })

  it('is refused when it is too long, quickly also when it is made to be slow', () => {
    expect(() => parseReference(`h/${'a'.repeat(limits.referenceLength)}`)).toThrow(/too long/)
    expect(() => parseReference(`h/${'a'.repeat(limits.repositoryLength + 1)}`)).toThrow(/more than 255/)
    expect(() => parseReference(`h/${'a_'.repeat(127)}!`)).toThrow(/no repository path/)
  })

  it.each([
    ['latest', true],
    ['1.0.0_b1', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
    ['', false],
    ['.x', false],
    ['-x', false],
    ['1.0+b', false],
    ['a b', false],
    ['a/b', false],
    ['a\n', false],
  ])('knows whether %j is a tag: %s', (text, expected) => {
    expect(isTag(text)).toBe(expected)
  })

  it('reads back what it prints', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,4})?$/)
    const reference = fc.record({
      registry: fc.tuple(
        fc.stringMatching(/^[a-z][a-z0-9]{0,8}\.[a-z]{2,3}$/),
        fc.option(fc.integer({ min: 1, max: 65535 })),
      ),
      repository: fc.array(part, { minLength: 1, maxLength: 4 }),
      tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/)),
      digest: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
    })
    fc.assert(
      fc.property(reference, ({ registry: [host, port], repository, tag, digest }) => {
        const wanted = {
          registry: port === null ? host : `${host}:${port}`,
          repository: repository.join('/'),
          ...(tag === null ? {} : { tag }),
          ...(digest === null ? {} : { digest: `sha256:${digest}` as Digest }),
        }
        expect(parseReference(formatReference(wanted))).toEqual(wanted)
      }),
    )
  })

  it('is read or refused, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseReference(text)
        } catch (error) {
          expect(error).toMatchObject({ code: 'USAGE' })
        }
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, keyOf, matchKey, pathLength, sameHost } from './match.ts'

describe('matchKey', () => {
  it.each([
    ['ghcr.io', 'ghcr.io', undefined],
    ['ghcr.io', 'ghcr.io', 'me/app'],
    ['https://ghcr.io', 'ghcr.io', 'me/app'],
    ['http://localhost:5000', 'localhost:5000', 'app'],
    ['https://ghcr.io/', 'ghcr.io', 'me/app'],
    ['https://ghcr.io/v2/', 'ghcr.io', 'me/app'],
    ['https://ghcr.io/v1', 'ghcr.io', 'me/app'],
    ['GHCR.io', 'ghcr.io', 'me/app'],
    ['ghcr.io', 'GHCR.IO', 'me/app'],
    ['localhost:5000', 'localhost:5000', 'me/app'],
    ['[::1]:5000', '[::1]:5000', 'me/app'],
    ['ghcr.io/me', 'ghcr.io', 'me/app'],
    ['ghcr.io/me/app', 'ghcr.io', 'me/app'],
    ['https://ghcr.io/me/', 'ghcr.io', 'me/app'],
    ['https://index.docker.io/v1/', 'docker.io', 'me/app'],
    ['https://index.docker.io/v1/', 'registry-1.docker.io', 'me/app'],
    ['index.docker.io/v1/', 'registry-1.docker.io', 'me/app'],
    ['docker.io', 'registry-1.docker.io', 'me/app'],
    ['docker.io', 'registry.hub.docker.com', 'me/app'],
    ['docker.io/me', 'registry-1.docker.io', 'me/app'],
    ['registry-1.docker.io', 'docker.io', 'me/app'],
  ])('takes %s for %s and the path %s', (key, host, repository) => {
    expect(matchKey([key], host, repository)).toBe(key)
  })

  it.each([
    ['ghcr.io', 'ghcr.io.evil.com', 'me/app'],
    ['ghcr.io.evil.com', 'ghcr.io', 'me/app'],
    ['evil-ghcr.io', 'ghcr.io', 'me/app'],
    ['ghcr.io', 'evil-ghcr.io', 'me/app'],
    ['io', 'ghcr.io', 'me/app'],
    ['', 'ghcr.io', 'me/app'],
    ['/', 'ghcr.io', 'me/app'],
    ['https://', 'ghcr.io', 'me/app'],
    ['localhost', 'localhost:5000', 'me/app'],
    ['localhost:5000', 'localhost', 'me/app'],
    ['localhost:5000', 'localhost:50001', 'me/app'],
    ['ghcr.io/me', 'ghcr.io', 'meow/app'],
    ['ghcr.io/me/app', 'ghcr.io', 'me/app2'],
    ['ghcr.io/me/app', 'ghcr.io', 'me'],
    ['ghcr.io/me', 'ghcr.io', undefined],
    ['ghcr.io/Me', 'ghcr.io', 'me/app'],
    ['ghcr.io/me/v2', 'ghcr.io', 'me/app'],
    ['ghcr.io/v2', 'ghcr.io', 'me/app'],
    ['docker.io.evil.com', 'docker.io', 'me/app'],
    ['oci://ghcr.io', 'ghcr.io', 'me/app'],
    ['ghcr.io@evil.com', 'ghcr.io', 'me/app'],
  ])('does not take %s for %s and the path %s', (key, host, repository) => {
    expect(matchKey([key], host, repository)).toBeUndefined()
  })

  it('prefers the longest path, in whatever order', () => {
    const keys = ['ghcr.io/me', 'ghcr.io', 'ghcr.io/me/app', 'ghcr.io/you']
    expect(matchKey(keys, 'ghcr.io', 'me/app/sub')).toBe('ghcr.io/me/app')
    expect(matchKey(keys.reverse(), 'ghcr.io', 'me/other')).toBe('ghcr.io/me')
    expect(matchKey(keys, 'ghcr.io', 'them/app')).toBe('ghcr.io')
  })

  it.each([
    ['ghcr.io', ['https://ghcr.io', 'ghcr.io', 'ghcr.io/']],
    ['docker.io', ['docker.io', 'https://index.docker.io/v1/', 'registry-1.docker.io']],
  ])('of several spellings of %s prefers the one that Docker and Helm write', (host, keys) => {
    expect(matchKey(keys, host, undefined)).toBe(keyOf(host))
    expect(matchKey(keys.reverse(), host, 'me/app')).toBe(keyOf(host))
  })

  it('finds what keyOf names, and never a key of another host', () => {
    const label = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,5}$/)
    const host = fc
      .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.option(fc.integer({ min: 1, max: 65535 })))
      .map(([labels, port]) => labels.join('.') + (port === null ? '' : `:${port}`))
    const path = fc.array(label, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
    fc.assert(
      fc.property(host, host, path, (one, other, repository) => {
        expect(matchKey([keyOf(one)], one, repository)).toBe(keyOf(one))
        if (one !== other) expect(matchKey([one, `${one}/${repository}`], other, repository)).toBeUndefined()
        expect(addressOf(addressOf(`https://${one}/${repository}/`))).toBe(`${one}/${repository}`)
      }),
    )
  })
})

describe('pathLength', () => {
  it.each([
    [undefined, 0],
    ['ghcr.io', 0],
    ['https://index.docker.io/v1/', 0],
    ['https://ghcr.io', 0],
    ['ghcr.io/me', 3],
    ['https://ghcr.io/me/', 3],
  ])('of %s is %i', (key, length) => {
    expect(pathLength(key)).toBe(length)
  })
})

describe('sameHost', () => {
  it('knows the names of Docker Hub, and ports', () => {
    expect(sameHost('docker.io', 'registry-1.docker.io')).toBe(true)
    expect(sameHost('GHCR.io', 'ghcr.io')).toBe(true)
    expect(sameHost('ghcr.io', 'ghcr.io:8443')).toBe(false)
  })
})

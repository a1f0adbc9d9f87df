import { Secret } from '@chartroom/errors'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { basicAuthSecret } from './basic-auth.ts'
import { dockerConfigSecret } from './docker-config.ts'

const credential = { username: 'me', password: new Secret('hünter"2\\') }

function configOf(registry: string, reader: 'kubelet' | 'flux' = 'kubelet'): unknown {
  const object = dockerConfigSecret({ name: 'pull', namespace: 'app', registry, credential, reader })
  expect(object).toMatchObject({ kind: 'Secret', type: 'kubernetes.io/dockerconfigjson' })
  const { '.dockerconfigjson': text = '' } = object['data'] as Record<string, string>
  return JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
}

const entry = {
  username: 'me',
  password: 'hünter"2\\',
  auth: Buffer.from('me:hünter"2\\').toString('base64'),
}

describe('dockerConfigSecret', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['ghcr.io/me', 'ghcr.io/me'],
    ['localhost:5000', 'localhost:5000'],
    ['docker.io', 'https://index.docker.io/v1/'],
    ['registry-1.docker.io', 'https://index.docker.io/v1/'],
  ])('S36 decodes to the login of %s under the name that the kubelet looks for', (registry, key) => {
    expect(configOf(registry)).toEqual({ auths: { [key]: entry } })
  })

  it('names Docker Hub for Flux as its URL does, too', () => {
    expect(configOf('registry-1.docker.io/me', 'flux')).toEqual({
      auths: { 'https://index.docker.io/v1/': entry, 'registry-1.docker.io': entry },
    })
  })

  it.each([
    ['an empty name', '', 'x'],
    ['an empty password', 'me', ''],
    ['a colon in the name', 'a:b', 'x'],
    ['a line break', 'me', 'a\nb'],
    ['a control character in the name', 'm\u0000', 'x'],
  ])('refuses %s without repeating it', (_, username, password) => {
    const act = (): unknown =>
      basicAuthSecret({ name: 'a', namespace: 'b', credential: { username, password: new Secret(password) } })
    expect(act).toThrow(expect.objectContaining({ code: 'USAGE' }))
    expect(act).toThrow(/^the (login|user name) (has an empty|holds)/)
  })

  it('refuses a login that is too long', () => {
    const long = new Secret('x'.repeat(limits.secret + 1))
    expect(() =>
      basicAuthSecret({ name: 'a', namespace: 'b', credential: { username: 'me', password: long } }),
    ).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })
})

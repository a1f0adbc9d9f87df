import { describe, expect, it } from 'vitest'
import { checkHandover, isInside, ownerOf } from './boundary.ts'

const handover = (from: string, to: string, registry = from): string =>
  checkHandover(new URL(from), new URL(to), new URL(registry)).href

describe('a registry', () => {
  it.each([
    ['https://ghcr.io/', 'https://storage.example/x'],
    ['https://registry.corp/', 'https://10.0.0.9:9000/bucket'],
    ['http://registry.corp/', 'http://10.0.0.9:9000/bucket'],
    ['http://127.0.0.1:5000/', 'http://localhost:9000/'],
    ['http://h/', 'https://h/'],
  ])('%s may send content on to %s', (from, to) => {
    expect(handover(from, to)).toBe(to)
  })

  it.each([
    ['https://h/', 'http://h/'],
    ['https://evil.example/', 'https://127.0.0.1/'],
    ['https://evil.example/', 'https://localhost/'],
    ['http://evil.example/', 'http://169.254.169.254/latest/'],
    ['https://evil.example/', 'https://[::1]/'],
    ['https://evil.example/', 'https://[::ffff:169.254.169.254]/'],
    ['https://10.0.0.5/', 'https://127.0.0.1/'],
    ['http://h/', 'file:///etc/passwd'],
  ])('%s may not send anything on to %s', (from, to) => {
    expect(() => handover(from, to)).toThrow(
      expect.objectContaining({ code: 'CREDENTIAL_LEAK_REFUSED' }) as Error,
    )
  })

  it('cannot make us log in by an address', () => {
    expect(handover('https://h/', 'https://user:pw@h/x')).toBe('https://h/x')
  })
})

describe('names', () => {
  it.each([
    ['auth.docker.io', 'docker.io'],
    ['docker.io', 'docker.io'],
    ['a.b.example.co.uk', 'example.co.uk'],
    ['me.azurecr.io', 'me.azurecr.io'],
    ['registry', 'registry'],
    ['10.0.0.1', '10.0.0.1'],
    ['::1', '::1'],
    ['GHCR.IO.', 'ghcr.io'],
  ])('%s belongs to %s', (name, owner) => {
    expect(ownerOf(name)).toBe(owner)
  })

  it.each([
    ['ghcr.io', false],
    ['8.8.8.8', false],
    ['2001:db8::1', false],
    ['10.255.255.255', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['x.localhost', true],
    ['localhost.example', false],
    ['fe80::1', true],
    ['0.0.0.0', true],
  ])('%s is inside a network: %s', (name, wanted) => {
    expect(isInside(name)).toBe(wanted)
  })
})

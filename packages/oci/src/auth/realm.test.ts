import { describe, expect, it } from 'vitest'
import type { Origin } from '../index.ts'
import { checkRealm, checkRealmForCredential } from './realm.ts'

const https = (host: string): Origin => ({ scheme: 'https', host })
const http = (host: string): Origin => ({ scheme: 'http', host })

describe('a realm', () => {
  it.each([
    ['https://auth.docker.io/token', https('registry-1.docker.io')],
    ['https://ghcr.io/token', https('ghcr.io')],
    ['http://127.0.0.1:5001/token', http('127.0.0.1:5000')],
    ['https://10.0.0.5/token', https('10.0.0.5:5000')],
    ['https://[fd00::1]:5001/token', https('[fd00::1]:5000')],
    ['http://auth.internal/token', http('registry.internal')],
  ])('%s is asked', (realm, origin) => {
    expect(checkRealm(realm, origin).href).toBe(realm)
  })

  it.each([
    ['http://auth.docker.io/token', https('registry-1.docker.io')],
    ['http://registry-1.docker.io/token', https('registry-1.docker.io')],
    ['file:///etc/passwd', https('h')],
    ['ftp://h/token', http('h')],
    ['javascript:alert(1)', https('h')],
    ['/token', https('h')],
    ['', https('h')],
    // The instance metadata service, loopback and private networks, in every spelling.
    ['https://169.254.169.254/latest/meta-data', https('evil.example')],
    ['http://169.254.169.254/latest/meta-data', http('evil.example')],
    ['https://127.0.0.1/token', https('evil.example')],
    ['https://2130706433/token', https('evil.example')],
    ['https://0x7f.1/token', https('evil.example')],
    ['https://localhost:8443/token', https('evil.example')],
    ['https://a.localhost/token', https('evil.example')],
    ['https://[::1]/token', https('evil.example')],
    ['https://[::ffff:127.0.0.1]/token', https('evil.example')],
    ['https://[::ffff:10.0.0.1]/token', https('evil.example')],
    ['https://[fe80::1]/token', https('evil.example')],
    ['https://[fd00::1]/token', https('evil.example')],
    ['https://10.0.0.1/token', https('evil.example')],
    ['https://172.16.0.1/token', https('evil.example')],
    ['https://192.168.1.1/token', https('evil.example')],
    ['https://100.64.0.1/token', https('evil.example')],
    ['https://0.0.0.0/token', https('evil.example')],
    ['https://10.0.0.6/token', https('10.0.0.5')],
  ])('%s is not asked', (realm, origin) => {
    expect(() => checkRealm(realm, origin)).toThrow(
      expect.objectContaining({ code: 'CREDENTIAL_LEAK_REFUSED' }) as Error,
    )
  })

  it('inside a network is asked where the caller trusts it, though never without TLS', () => {
    const trusted = ['10.0.0.6', '127.0.0.1:443']
    expect(checkRealm('https://10.0.0.6/token', https('10.0.0.5'), trusted).host).toBe('10.0.0.6')
    expect(checkRealm('https://127.0.0.1/token', https('registry.corp'), trusted).host).toBe('127.0.0.1')
    expect(() => checkRealm('http://10.0.0.6/token', https('10.0.0.5'), trusted)).toThrow(/TLS/)
    expect(() => checkRealm('https://10.0.0.6:444/token', https('10.0.0.5'), trusted)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('--trusted-realm 10.0.0.6:444') }) as Error,
    )
  })

  it('loses a login written into it', () => {
    expect(checkRealm('https://user:pw@h/token', https('h')).href).toBe('https://h/token')
  })
})

describe('a credential', () => {
  it.each([
    ['https://auth.docker.io/token', 'registry-1.docker.io'],
    ['https://auth.docker.io/token', 'registry.hub.docker.com'],
    ['https://gitlab.com/jwt/auth', 'registry.gitlab.com'],
    ['https://gitlab.example.co.uk/jwt/auth', 'registry.example.co.uk'],
    ['https://docker-auth.elastic.co/auth', 'docker.elastic.co'],
    ['https://api.scaleway.com/registry-internal/v1/regions/fr-par/tokens', 'rg.fr-par.scw.cloud'],
    ['https://me.azurecr.io/oauth2/token', 'me.azurecr.io'],
    ['http://127.0.0.1:5001/token', '127.0.0.1:5000'],
    ['https://auth.corp/token', 'auth.corp:5000'],
  ])('goes to %s for %s', (realm, host) => {
    expect(() => checkRealmForCredential(new URL(realm), https(host))).not.toThrow()
  })

  it.each([
    ['https://attacker.example/token', 'ghcr.io'],
    ['https://ghcr.io.attacker.example/token', 'ghcr.io'],
    ['https://attackerghcr.io/token', 'ghcr.io'],
    ['https://you.azurecr.io/oauth2/token', 'me.azurecr.io'],
    ['https://attacker.github.io/token', 'victim.github.io'],
    ['https://attacker.co.uk/token', 'victim.co.uk'],
    ['https://203.0.113.7/token', '203.0.113.8'],
    ['https://auth:5001/token', 'registry:5000'],
    ['https://auth.docker.io/token', 'evil.example'],
  ])('does not go to %s for %s', (realm, host) => {
    expect(() => checkRealmForCredential(new URL(realm), https(host))).toThrow(
      expect.objectContaining({ code: 'CREDENTIAL_LEAK_REFUSED' }) as Error,
    )
  })

  it('goes where the caller says', () => {
    const realm = new URL('https://auth:5001/token')
    expect(() => checkRealmForCredential(realm, https('registry:5000'), ['auth:5001'])).not.toThrow()
  })
})

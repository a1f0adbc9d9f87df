import { Secret } from '@chartroom/errors'
import { describe, expect, it } from 'vitest'
import { shortLived } from './short-lived.ts'

const azure = '00000000-0000-0000-0000-000000000000'

describe('shortLived', () => {
  it.each([
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', 'AWS', 'x', /within 12 hours/],
    ['public.ecr.aws', 'AWS', 'x', /within 12 hours/],
    ['europe-docker.pkg.dev', 'oauth2accesstoken', 'x', /within an hour/],
    ['mine.azurecr.io', azure, 'x', /within 3 hours/],
    ['ghcr.io', 'me', 'ghs_abc', /within 24 hours/],
  ])('says that the login of %s ends, and what to use for each reader', (host, username, password, ends) => {
    for (const reader of ['kubelet', 'argocd', 'flux'] as const) {
      const note = shortLived(host, { username, password: new Secret(password) }, reader)
      expect(note).toMatch(ends)
      expect(note).not.toContain(password === 'x' ? '\0' : password)
    }
  })

  it.each([
    ['ghcr.io', 'me', 'ghp_abc'],
    ['europe-docker.pkg.dev', '_json_key', '{}'],
    ['mine.azurecr.io', 'token', 'x'],
    ['localhost:5000', 'AWS', 'x'],
  ])('is silent about a login of %s that lasts', (host, username, password) => {
    expect(shortLived(host, { username, password: new Secret(password) }, 'flux')).toBeUndefined()
  })
})

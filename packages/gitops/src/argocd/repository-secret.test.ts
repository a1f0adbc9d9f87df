import { Secret } from '@chartroom/errors'
import { describe, expect, it } from 'vitest'
import type { ArgoCdSecretOptions } from './repository-secret.ts'
import { argoCdRepositorySecret } from './repository-secret.ts'

const options: ArgoCdSecretOptions = {
  name: 'app-login',
  namespace: 'argocd',
  scope: 'repository',
  url: 'oci://ghcr.io/me/app',
  form: 'oci',
  credential: { username: 'me', password: new Secret('hunter2') },
}

function data(more: Partial<ArgoCdSecretOptions>): Record<string, string> {
  const encoded = argoCdRepositorySecret({ ...options, ...more })['data'] as Record<string, string>
  return Object.fromEntries(Object.entries(encoded).map(([key, text]) => [key, atob(text)]))
}

describe('argoCdRepositorySecret', () => {
  it('has the label that Argo CD looks for', () => {
    expect(argoCdRepositorySecret(options).metadata).toEqual({
      name: 'app-login',
      namespace: 'argocd',
      labels: { 'argocd.argoproj.io/secret-type': 'repository' },
    })
  })

  it.each([
    ['the oci form', {}, { type: 'oci', url: 'oci://ghcr.io/me/app', name: 'app-login' }],
    [
      'the classic form of a registry',
      { form: 'classic', url: 'ghcr.io/me' },
      { type: 'helm', url: 'ghcr.io/me', enableOCI: 'true', name: 'app-login' },
    ],
    [
      'a classic repository',
      { form: 'classic', url: 'https://example.com/charts' },
      { type: 'helm', url: 'https://example.com/charts', name: 'app-login' },
    ],
    [
      'all below an address',
      { scope: 'repo-creds', url: 'oci://ghcr.io/me/' },
      { type: 'oci', url: 'oci://ghcr.io/me/' },
    ],
    [
      'HTTP',
      { plainHttp: true },
      { type: 'oci', url: 'oci://ghcr.io/me/app', name: 'app-login', insecureOCIForceHttp: 'true' },
    ],
  ] as const)('is that of %s', (_, more, expected) => {
    expect(data(more)).toEqual({ ...expected, username: 'me', password: 'hunter2' })
  })

  it('holds no login where none is needed', () => {
    expect(data({ plainHttp: true, credential: undefined })).not.toHaveProperty('password')
  })
})

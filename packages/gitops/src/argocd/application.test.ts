import { toValue } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import type { Values } from '../object.ts'
import { argoCdApplication } from './application.ts'
import type { ArgoCdOptions } from './options.ts'

const digest = `sha256:${'a'.repeat(64)}`
const options: ArgoCdOptions = {
  place: { kind: 'oci', host: 'ghcr.io', repository: 'me/charts/app', plainHttp: false },
  revision: { version: '1.0.0', digest },
  values: toValue({ replicas: 2, text: '2' }) as Values,
  namespace: 'app',
}

describe('argoCdApplication', () => {
  it('names the chart by digest, with values, automated sync and the namespace made', () => {
    const { objects, notes } = argoCdApplication(options)
    expect(objects).toEqual([
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'app', namespace: 'argocd' },
        spec: {
          project: 'default',
          destination: { server: 'https://kubernetes.default.svc', namespace: 'app' },
          syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
          info: [{ name: 'Chart version', value: '1.0.0' }],
          source: {
            repoURL: 'oci://ghcr.io/me/charts/app',
            path: '.',
            targetRevision: digest,
            helm: { releaseName: 'app', valuesObject: options.values },
          },
        },
      },
    ])
    expect(notes).toEqual([])
  })

  it('takes the classic form for an Argo CD before 3.1, and says that it is not pinned', () => {
    const { objects, notes } = argoCdApplication({ ...options, version: '3.0' })
    expect(objects[0]).toMatchObject({
      spec: { source: { repoURL: 'ghcr.io/me/charts', chart: 'app', targetRevision: '1.0.0' } },
    })
    expect(notes.join()).toMatch(/cannot be pinned by digest.*tag 1\.0\.0/)
  })

  it.each([
    [{ autoSync: false }, { syncOptions: ['CreateNamespace=true'] }],
    [{ prune: false }, { automated: { prune: false, selfHeal: true } }],
    [{ selfHeal: false }, { automated: { prune: true, selfHeal: false } }],
  ])('syncs as %j says', (more, syncPolicy) => {
    expect(argoCdApplication({ ...options, ...more }).objects[0]).toMatchObject({ spec: { syncPolicy } })
  })

  it('deletes what it installed when that is asked for', () => {
    expect(argoCdApplication({ ...options, cascade: true }).objects[0]?.metadata).toEqual({
      name: 'app',
      namespace: 'argocd',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    })
  })

  it.each([
    ['a range', { revision: { range: '^1' } }, /installs the newest version in \^1/],
    ['a tag', { revision: { version: '1.0.0' } }, /can move it/],
    ['a null', { values: toValue({ a: null }) as Values }, /server-side/],
    ['HTTP', { place: { ...options.place, plainHttp: true } }, /insecureOCIForceHttp/],
    [
      'a classic repository',
      { place: { kind: 'classic', url: 'https://e.test', chart: 'app' }, revision: { version: '1.0.0' } },
      /classic repository cannot be pinned/,
    ],
  ] as const)('says what the object does not show of %s', (_, more, note) => {
    expect(argoCdApplication({ ...options, ...more } as ArgoCdOptions).notes.join('\n')).toMatch(note)
  })

  it('says nothing of HTTP when the Secret does', () => {
    const overHttp = { ...options, place: { ...options.place, plainHttp: true } as ArgoCdOptions['place'] }
    expect(argoCdApplication({ ...overHttp, hasSecret: true }).notes).toEqual([])
  })

  it.each([
    ['--name', { name: 'A' }],
    ['--namespace', { namespace: 'a b' }],
    ['--argocd-namespace', { argoCdNamespace: 'a/b' }],
    ['--project', { project: '{{x}}' }],
    ['--release-name', { releaseName: 'x'.repeat(54) }],
    ['--server', { server: 'file:///etc/passwd' }],
    ['--server', { server: 'https://user:secret@host' }],
    ['--server', { server: 'https://host\n' }],
    ['the oci form', { form: 'oci', version: '3.0' }],
  ] as const)('refuses a bad value for %s', (flag, more) => {
    expect(() => argoCdApplication({ ...options, ...more })).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(flag) }),
    )
  })
})

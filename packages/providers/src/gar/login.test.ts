import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clouds, contextIn, setProcessEnv, standAlone } from '../../test/clouds.ts'
import type { DerivedLogin } from '../provider.ts'
import { login } from './login.ts'

const cloud = clouds()
const exchange = 'POST oauth2.googleapis.com/token'

function derive(env: Readonly<Record<string, string>> = {}): Promise<DerivedLogin | undefined> {
  const origin = { scheme: 'https', host: cloud.vendors.gar.host } as const
  return login.derive?.(contextIn(cloud.vendors, { env }), origin) ?? Promise.resolve(undefined)
}

function home(path: string, text: string): string {
  const folder = process.env['HOME'] ?? ''
  mkdirSync(join(folder, '.config', 'gcloud'), { recursive: true })
  writeFileSync(join(folder, path), text)
  return join(folder, path)
}

describe('the login for Google', () => {
  it.each(['GOOGLE_OAUTH_ACCESS_TOKEN', 'CLOUDSDK_AUTH_ACCESS_TOKEN'])('comes of %s', (name) => {
    const credential = login.fromEnvironment?.(
      { env: { [name]: 'ya29.token' } },
      { scheme: 'https', host: 'us-docker.pkg.dev' },
    )
    expect(credential).toMatchObject({ kind: 'basic', username: 'oauth2accesstoken', source: name })
  })

  it('comes of a key of a service account by one request, and ends in an hour', async () => {
    standAlone(cloud.vendors.gar.accountEnv)
    const before = Date.now()
    const derived = await derive()
    expect(derived?.credential).toMatchObject({ kind: 'basic', username: 'oauth2accesstoken' })
    expect(derived?.expiresAt).toBeGreaterThan(before + 50 * 60_000)
    expect(derived?.expiresAt).toBeLessThan(before + 61 * 60_000)
    expect(cloud.vendors.network.lines()).toEqual([exchange])
  })

  it("comes of gcloud's login for applications", async () => {
    standAlone({})
    home('.config/gcloud/application_default_credentials.json', cloud.vendors.gar.keyFile)
    expect(await derive()).toBeDefined()
  })

  it('comes of a workload identity of another party', async () => {
    const { gar, network } = cloud.vendors
    standAlone({})
    const subject = home('subject-token', gar.subjectToken)
    const pool = 'projects/1/locations/global/workloadIdentityPools/p/providers/x'
    const file = home(
      'external.json',
      JSON.stringify({
        type: 'external_account',
        audience: `//iam.googleapis.com/${pool}`,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: 'https://sts.googleapis.com/v1/token',
        credential_source: { file: subject },
      }),
    )
    setProcessEnv({ GOOGLE_APPLICATION_CREDENTIALS: file })
    expect(await derive()).toBeDefined()
    expect(network.lines()).toEqual(['POST sts.googleapis.com/v1/token'])
  })

  it('comes of the metadata server of a machine', async () => {
    const { instance } = cloud.vendors
    standAlone({
      METADATA_SERVER_DETECTION: 'assume-present',
      GCE_METADATA_HOST: instance.url.replace('http://', ''),
      NO_PROXY: '127.0.0.1',
    })
    expect(await derive()).toBeDefined()
  })

  it.skipIf(process.platform === 'win32')('comes of gcloud where nothing else gives one', async () => {
    standAlone({})
    const folder = process.env['HOME'] ?? ''
    const program = home(
      'gcloud',
      `#!${process.execPath}\nprocess.stdout.write(process.argv.slice(2).join(' ') + '\\n')`,
    )
    chmodSync(program, 0o755)
    const derived = await derive({ PATH: folder })
    expect(derived?.credential).toMatchObject({ source: 'gcloud auth print-access-token' })
    const { credential } = derived ?? {}
    expect(credential?.kind === 'basic' && credential.password.reveal()).toBe('auth print-access-token')
  })

  it('is none where nothing here has one', async () => {
    standAlone({})
    expect(await derive()).toBeUndefined()
    expect(cloud.vendors.network.lines()).toEqual([])
  })

  it('says what Google makes of a key that it does not know', async () => {
    standAlone({})
    const key = JSON.parse(cloud.vendors.gar.keyFile) as Record<string, string>
    const file = home('key.json', JSON.stringify({ ...key, client_email: 'nobody@example.com' }))
    setProcessEnv({ GOOGLE_APPLICATION_CREDENTIALS: file })
    await expect(derive()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it.each([
    ['is no JSON', 'planted-secret {'],
    ['is of no known kind', '{"type":"planted-secret"}'],
  ])('does not quote a file that %s', async (_why, text) => {
    standAlone({})
    setProcessEnv({ GOOGLE_APPLICATION_CREDENTIALS: home('key.json', text) })
    const failure: unknown = await derive().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect((failure as Error).message).not.toContain('planted-secret')
  })
})

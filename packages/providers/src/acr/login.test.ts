import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clouds, contextIn, setProcessEnv, standAlone } from '../../test/clouds.ts'
import type { DerivedLogin } from '../provider.ts'
import { login } from './login.ts'

const cloud = clouds()

function derive(env: Readonly<Record<string, string>> = {}): Promise<DerivedLogin | undefined> {
  const context = contextIn(cloud.vendors, { env })
  const origin = { scheme: 'https', host: cloud.vendors.acr.host } as const
  return login.derive?.(context, origin) ?? Promise.resolve(undefined)
}

// A managed identity is asked in a process of its own (interop/vendors): Azure's library keeps what it found for all.
describe('the login for Azure', () => {
  it('comes of a service principal, exchanged for a refresh token that ends in three hours', async () => {
    const { acr, network } = cloud.vendors
    standAlone(acr.accountEnv)
    const before = Date.now()
    const derived = await derive()
    expect(derived?.credential).toMatchObject({
      kind: 'basic',
      username: '00000000-0000-0000-0000-000000000000',
    })
    expect(derived?.expiresAt).toBeGreaterThan(before + 2.9 * 3_600_000)
    expect(derived?.expiresAt).toBeLessThan(before + 3.1 * 3_600_000)
    expect(network.lines(acr.host)).toEqual([`POST ${acr.host}/oauth2/exchange`])
  })

  it('comes of a workload identity', async () => {
    const { acr } = cloud.vendors
    const { AZURE_TENANT_ID, AZURE_CLIENT_ID } = acr.accountEnv
    standAlone({ AZURE_TENANT_ID: AZURE_TENANT_ID ?? '', AZURE_CLIENT_ID: AZURE_CLIENT_ID ?? '' })
    const file = join(process.env['HOME'] ?? '', 'federated-token')
    writeFileSync(file, acr.federatedToken)
    setProcessEnv({
      AZURE_FEDERATED_TOKEN_FILE: file,
      AZURE_TOKEN_CREDENTIALS: 'WorkloadIdentityCredential',
    })
    expect(await derive()).toBeDefined()
  })

  it('is none where nothing here has one', async () => {
    standAlone({})
    expect(await derive()).toBeUndefined()
    expect(cloud.vendors.network.lines()).toEqual([])
  })

  it('says what Azure makes of a wrong secret, and does not print it', async () => {
    standAlone({ ...cloud.vendors.acr.accountEnv, AZURE_CLIENT_SECRET: 'planted-secret' })
    const failure: unknown = await derive().catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('AADSTS7000215') as string,
    })
    expect(String((failure as Error).stack)).not.toContain('planted-secret')
  })
})

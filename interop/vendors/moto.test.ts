import { createTransport } from '@chartroom/oci'
import type { Provider, ProviderContext, RegistryPlace } from '@chartroom/providers'
import { programRunner, providerOf } from '@chartroom/providers'
import { expect, it, onTestFinished } from 'vitest'
import { startMoto } from './moto.ts'

const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com'
const plain = { create: false, immutableTags: false, scanOnPush: false }

function place(repository: string): RegistryPlace {
  return { scheme: 'https', host, repository }
}

function setProcessEnv(values: Readonly<Record<string, string>>): void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  onTestFinished(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
}

/** Our code for ECR with the AWS SDK, against an AWS that neither is of. */
async function ecrAtMoto(): Promise<{ ecr: Provider; context: ProviderContext }> {
  const moto = await startMoto()
  onTestFinished(() => moto.close())
  setProcessEnv({
    AWS_ENDPOINT_URL: moto.url,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-real-key',
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  const ecr = await providerOf(host)?.load()
  if (ecr === undefined) throw new Error(`${host} is an address of ECR`)
  const transport = createTransport({})
  onTestFinished(() => transport.close())
  const platform = process.platform
  const context: ProviderContext = {
    env: {},
    platform,
    transport,
    credentials: { credential: () => Promise.resolve(undefined) },
    run: programRunner({ env: {}, platform }),
    now: Date.now,
  }
  return { ecr, context }
}

it('S15 a password comes of the AWS SDK, as moto gives it', { timeout: 600_000 }, async () => {
  const { ecr, context } = await ecrAtMoto()
  const derived = await ecr.login.derive?.(context, { scheme: 'https', host })
  expect(derived?.credential).toMatchObject({ kind: 'basic', username: 'AWS' })
  const { credential } = derived ?? {}
  // moto's password for an account.
  expect(credential?.kind === 'basic' && credential.password.reveal()).toContain('123456789012')
})

it('S16 a repository is missed, made as wished, and found', { timeout: 600_000 }, async () => {
  const { ecr, context } = await ecrAtMoto()
  const { preparation } = ecr
  await expect(preparation.ensure?.(context, place('charts/app'), plain)).rejects.toMatchObject({
    code: 'REPOSITORY_NOT_FOUND',
  })
  const wishes = { create: true, immutableTags: true, scanOnPush: true }
  expect(await preparation.ensure?.(context, place('charts/app'), wishes)).toBe('created')
  expect(await preparation.ensure?.(context, place('charts/app'), plain)).toBe('exists')
})

it('S16 what is not there is deleted without a word, a repository that is not there is an error', async () => {
  const { ecr, context } = await ecrAtMoto()
  await ecr.preparation.ensure?.(context, place('charts/app'), { ...plain, create: true })
  await ecr.retention.deleteTag?.(context, place('charts/app'), '1.0.0')
  await expect(ecr.retention.deleteTag?.(context, place('charts/no'), '1.0.0')).rejects.toMatchObject({
    op: 'delete',
  })
})

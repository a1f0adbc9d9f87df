import { describe, expect, it } from 'vitest'
import { clouds, contextIn } from '../../test/clouds.ts'
import { pushTo } from '../../test/push.ts'
import type { RegistryPlace } from '../provider.ts'
import { login } from './login.ts'
import { preparation } from './prepare.ts'
import { pullLimitIn } from './pull-limit.ts'
import { retention } from './retention.ts'
import { visibility } from './visibility.ts'

const cloud = clouds()

function place(repository: string): RegistryPlace {
  return { scheme: 'https', host: 'registry-1.docker.io', repository }
}

describe('the login for Docker Hub', () => {
  const origin = { scheme: 'https', host: 'registry-1.docker.io' } as const

  it.each([
    [{ DOCKERHUB_USERNAME: 'me', DOCKERHUB_TOKEN: 't', DOCKERHUB_PASSWORD: 'p' }, 't'],
    [{ DOCKERHUB_USERNAME: 'me', DOCKERHUB_PASSWORD: 'p' }, 'p'],
    [{ DOCKERHUB_TOKEN: 't' }, undefined],
  ])('of %o is %s', (env, secret) => {
    const credential = login.fromEnvironment?.({ env }, origin)
    expect(credential?.kind === 'basic' ? credential.password.reveal() : undefined).toBe(secret)
  })
})

describe('a path at Docker Hub', () => {
  it.each([
    ['app', 'registry-1.docker.io/NAMESPACE/app'],
    ['me/charts/app', 'registry-1.docker.io/me/app'],
    ['me/a/b/app', 'registry-1.docker.io/me/app'],
  ])('%s is not taken, and %s is', (repository, corrected) => {
    expect(preparation.checkPath(place(repository))).toMatchObject({ corrected })
  })

  it('of one level below a namespace is taken', () => {
    expect(preparation.checkPath(place('me/app'))).toBeUndefined()
  })
})

describe('a pull limit', () => {
  it.each([
    [
      { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600' },
      { limit: 100, remaining: 76, windowSeconds: 21_600 },
    ],
    [
      { 'ratelimit-limit': '200', 'ratelimit-remaining': '0' },
      { limit: 200, remaining: 0, windowSeconds: undefined },
    ],
    [{ 'ratelimit-limit': '100' }, undefined],
    [{ 'ratelimit-limit': 'many', 'ratelimit-remaining': '-1' }, undefined],
    [{}, undefined],
  ])('in %o is %o', (headers, limit) => {
    expect(pullLimitIn(headers)).toEqual(limit)
  })
})

describe('a repository of Docker Hub', () => {
  it('says whether it is public, also without a login', async () => {
    const { dockerHub } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: dockerHub.writer })
    await pushTo(context, place('myuser/seen'), ['1.0.0'])
    expect(await visibility.read?.(contextIn(cloud.vendors), place('myuser/seen'))).toBe('public')
    dockerHub.setPrivate('myuser/seen', true)
    expect(await visibility.read?.(context, place('myuser/seen'))).toBe('private')
    expect(await visibility.read?.(contextIn(cloud.vendors), place('myuser/seen'))).toBeUndefined()
    expect(visibility.page?.(place('myuser/seen'))).toContain('hub.docker.com/repository/docker/myuser/seen')
  })

  it('loses tags, and a manifest by all its tags, with one token for all', async () => {
    const { dockerHub, network } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: dockerHub.writer })
    const there = place('myuser/pruned')
    await pushTo(context, there, ['0.9.0'])
    const { digest } = await pushTo(context, there, ['1.0.0', 'latest'])
    network.clear()
    await retention.deleteTag?.(context, there, '0.9.0')
    await retention.deleteManifest?.(context, there, digest)
    expect(dockerHub.ledger.tags(there.repository)).toEqual([])
    expect(network.lines().filter((line) => line.includes('/v2/auth/token'))).toHaveLength(1)
    await retention.deleteTag?.(context, there, '1.0.0')
  })

  it('buys another token when the first is old', async () => {
    const { dockerHub, network } = cloud.vendors
    let time = Date.now()
    const context = contextIn(cloud.vendors, { login: dockerHub.writer, now: () => time })
    const there = place('myuser/slow')
    await pushTo(context, there, ['1.0.0', '1.1.0'])
    await retention.deleteTag?.(context, there, '1.0.0')
    time += 9 * 60_000
    await retention.deleteTag?.(context, there, '1.1.0')
    expect(network.lines().filter((line) => line.includes('/v2/auth/token'))).toHaveLength(2)
  })

  it('says what a token lacks that may not delete, and what a wrong one is', async () => {
    const { dockerHub } = cloud.vendors
    const there = place('myuser/kept')
    await pushTo(contextIn(cloud.vendors, { login: dockerHub.writer }), there, ['1.0.0'])
    const reader = contextIn(cloud.vendors, { login: dockerHub.reader })
    await expect(retention.deleteTag?.(reader, there, '1.0.0')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      hint: expect.stringContaining('the right to delete') as string,
    })
    const wrong = contextIn(cloud.vendors, { login: { username: 'myuser', password: 'planted-secret' } })
    const failure: unknown = await retention
      .deleteTag?.(wrong, there, '1.0.0')
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain('planted-secret')
  })
})

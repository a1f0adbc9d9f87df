import { describe, expect, it } from 'vitest'
import { clouds, contextIn, standAlone } from '../../test/clouds.ts'
import type { RegistryPlace } from '../provider.ts'
import { preparation } from './prepare.ts'
import { retention } from './retention.ts'
import { visibility } from './visibility.ts'

const cloud = clouds()

function place(repository: string, host = cloud.vendors.ecr.host): RegistryPlace {
  return { scheme: 'https', host, repository }
}

const plain = { create: false, immutableTags: false, scanOnPush: false }

describe('a repository of ECR', () => {
  it('is found, and its absence said with what to do', async () => {
    const { ecr } = cloud.vendors
    standAlone(ecr.accountEnv)
    ecr.createRepository('found/app')
    const context = contextIn(cloud.vendors)
    expect(await preparation.ensure?.(context, place('found/app'), plain)).toBe('exists')
    await expect(preparation.ensure?.(context, place('absent/app'), plain)).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
      hint: expect.stringContaining('--create-repository') as string,
    })
  })

  it('is made as wished: immutable tags, scans', async () => {
    const { ecr } = cloud.vendors
    standAlone(ecr.accountEnv)
    const wishes = { create: true, immutableTags: true, scanOnPush: true }
    expect(await preparation.ensure?.(contextIn(cloud.vendors), place('made/app'), wishes)).toBe('created')
    expect(ecr.repository('made/app')).toMatchObject({ tagMutability: 'IMMUTABLE', scanOnPush: true })
  })

  it('is made plainly where nothing else is wished, by one client for all', async () => {
    const { ecr } = cloud.vendors
    standAlone(ecr.accountEnv)
    const context = contextIn(cloud.vendors)
    const wishes = { ...plain, create: true }
    await Promise.all(
      ['plain/a', 'plain/b'].map(async (path) => preparation.ensure?.(context, place(path), wishes)),
    )
    expect(ecr.repository('plain/a')).toMatchObject({ tagMutability: 'MUTABLE', scanOnPush: false })
    expect(ecr.repository('plain/b')).toBeDefined()
  })

  it('of the public registry is made without its alias, and without what there is not', async () => {
    const { ecr } = cloud.vendors
    standAlone(ecr.accountEnv)
    const context = contextIn(cloud.vendors)
    const there = place('a1b2c3d4/charts/app', ecr.public.host)
    const wishes = { create: true, immutableTags: true, scanOnPush: false }
    expect(await preparation.ensure?.(context, there, wishes)).toBe('created')
    expect(await preparation.ensure?.(context, there, plain)).toBe('exists')
    expect(context.warnings).toEqual([expect.stringContaining('neither immutable tags nor scans')])
  })

  it('that may not be made is a right that is lacking', async () => {
    const { ecr } = cloud.vendors
    standAlone({ AWS_ACCESS_KEY_ID: 'AKIANOBODY', AWS_SECRET_ACCESS_KEY: 'wrong' })
    await expect(
      preparation.ensure?.(contextIn(cloud.vendors), place('no/app', ecr.host), { ...plain, create: true }),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('takes paths of any depth, and in the public registry below an alias alone', () => {
    expect(preparation.checkPath(place('a/b/c/d', '1.dkr.ecr.x.amazonaws.com'))).toBeUndefined()
    expect(preparation.checkPath(place('a', '1.dkr.ecr.x.amazonaws.com'))).toBeDefined()
    expect(preparation.checkPath(place('app', 'public.ecr.aws'))).toMatchObject({
      corrected: 'public.ecr.aws/ALIAS/app',
    })
  })

  it('loses what is not there without a word', async () => {
    const { ecr } = cloud.vendors
    standAlone(ecr.accountEnv)
    ecr.createRepository('empty/app')
    const context = contextIn(cloud.vendors)
    await retention.deleteTag?.(context, place('empty/app'), '1.0.0')
    await retention.deleteManifest?.(context, place('empty/app'), `sha256:${'0'.repeat(64)}`)
    await expect(retention.deleteTag?.(context, place('nowhere/app'), '1.0.0')).rejects.toMatchObject({
      op: 'delete',
    })
  })

  it('is private, and public in the public registry alone', async () => {
    const context = contextIn(cloud.vendors)
    expect(await visibility.read?.(context, place('a/b'))).toBe('private')
    expect(await visibility.read?.(context, place('a/b', 'public.ecr.aws'))).toBe('public')
  })
})

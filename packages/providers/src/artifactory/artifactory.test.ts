import { describe, expect, it } from 'vitest'
import { clouds, contextIn } from '../../test/clouds.ts'
import { pushTo } from '../../test/push.ts'
import type { RegistryPlace } from '../provider.ts'
import { login } from './login.ts'
import { preparation } from './prepare.ts'
import { retention } from './retention.ts'

const cloud = clouds()
const plain = { create: false, immutableTags: false, scanOnPush: false }

function place(repository: string): RegistryPlace {
  return { scheme: 'https', host: cloud.vendors.artifactory.host, repository }
}

function token(subject: string): string {
  return `e30.${Buffer.from(JSON.stringify({ sub: subject })).toString('base64url')}.x`
}

describe('the login for Artifactory', () => {
  const url = { JF_URL: 'https://acme.jfrog.io' }

  it.each([
    [{ ...url, JF_ACCESS_TOKEN: 'reference', JF_USER: 'me' }, 'me', 'reference'],
    [{ ...url, JF_ACCESS_TOKEN: token('jfac@01/users/deployer') }, 'deployer', undefined],
    [{ ...url, JF_ACCESS_TOKEN: 'reference' }, 'token', 'reference'],
    [{ ...url, JF_USER: 'me', JF_PASSWORD: 'p' }, 'me', 'p'],
    [{ ...url, JF_USER: 'me' }, undefined, undefined],
    [{ JF_URL: 'https://other.jfrog.io', JF_ACCESS_TOKEN: 'reference' }, undefined, undefined],
    [{ JF_URL: 'no address', JF_ACCESS_TOKEN: 'reference' }, undefined, undefined],
    [{ JF_ACCESS_TOKEN: 'reference' }, undefined, undefined],
  ])('of %o is that of %s', (env, username, secret) => {
    const credential = login.fromEnvironment?.({ env }, { scheme: 'https', host: 'acme.jfrog.io' })
    expect(credential?.kind === 'basic' ? credential.username : undefined).toBe(username)
    if (secret !== undefined)
      expect(credential?.kind === 'basic' && credential.password.reveal()).toBe(secret)
  })
})

describe('a repository of Artifactory', () => {
  it('is found by its key, the first part of a path', async () => {
    const context = contextIn(cloud.vendors, { login: cloud.vendors.artifactory.writer })
    expect(await preparation.ensure?.(context, place('charts/app'), plain)).toBe('exists')
    expect(preparation.checkPath(place('app'))).toMatchObject({ corrected: 'acme.jfrog.io/KEY/app' })
  })

  it.each([
    ['classic/app', 'is of kind helm'],
    ['mirror/app', 'mirrors another registry'],
  ])('%s takes no charts: it %s', async (path, why) => {
    const context = contextIn(cloud.vendors, { login: cloud.vendors.artifactory.writer })
    await expect(preparation.ensure?.(context, place(path), plain)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining(why) as string,
    })
  })

  it('that is not there is made by an administrator alone', async () => {
    const { artifactory } = cloud.vendors
    const wishes = { create: true, immutableTags: true, scanOnPush: false }
    const deployer = contextIn(cloud.vendors, { login: artifactory.writer })
    await expect(preparation.ensure?.(deployer, place('made/app'), plain)).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
    })
    await expect(preparation.ensure?.(deployer, place('made/app'), wishes)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    const admin = contextIn(cloud.vendors, { login: artifactory.admin })
    expect(await preparation.ensure?.(admin, place('made/app'), wishes)).toBe('created')
    expect(artifactory.repository('made')).toMatchObject({ packageType: 'helmoci', rclass: 'local' })
    expect(admin.warnings).toEqual([expect.stringContaining('neither immutable tags')])
  })

  it('is not known of to nobody', async () => {
    expect(await preparation.ensure?.(contextIn(cloud.vendors), place('charts/app'), plain)).toBe('unknown')
  })

  it('loses a tag by its path', async () => {
    const { artifactory } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: artifactory.writer })
    const there = place('charts/deep/app')
    await pushTo(context, there, ['1.0.0', '1.1.0'])
    await retention.deleteTag?.(context, there, '1.0.0')
    expect(artifactory.ledger.tags(there.repository)).toEqual(['1.1.0'])
    await retention.deleteTag?.(context, there, '1.0.0')
    const guest = contextIn(cloud.vendors, { login: artifactory.reader })
    await expect(retention.deleteTag?.(guest, there, '1.1.0')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

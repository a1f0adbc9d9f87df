import { describe, expect, it } from 'vitest'
import { clouds, contextIn } from '../../test/clouds.ts'
import { pushTo } from '../../test/push.ts'
import type { RegistryPlace } from '../provider.ts'
import { preparation } from './prepare.ts'
import { retention } from './retention.ts'

const cloud = clouds()
const plain = { create: false, immutableTags: false, scanOnPush: false }

function place(repository: string): RegistryPlace {
  return { scheme: 'https', host: cloud.vendors.gar.host, repository }
}

describe('a repository of Artifact Registry', () => {
  it('is found, and its absence said with the line that makes it', async () => {
    const context = contextIn(cloud.vendors, { login: cloud.vendors.gar.writer })
    expect(await preparation.ensure?.(context, place('myproject/charts/app'), plain)).toBe('exists')
    await expect(preparation.ensure?.(context, place('myproject/absent/app'), plain)).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
      hint: expect.stringContaining('gcloud artifacts repositories create absent') as string,
    })
  })

  it('is made, once its operation is done', async () => {
    const { gar } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: gar.writer })
    const wishes = { create: true, immutableTags: true, scanOnPush: false }
    expect(await preparation.ensure?.(context, place('myproject/made/app'), wishes)).toBe('created')
    expect(gar.repository('made')).toMatchObject({ format: 'DOCKER', immutableTags: true })
  })

  it('of another format takes no charts', async () => {
    cloud.vendors.gar.setRepository('wheels', { format: 'PYTHON' })
    const context = contextIn(cloud.vendors, { login: cloud.vendors.gar.writer })
    await expect(preparation.ensure?.(context, place('myproject/wheels/app'), plain)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('PYTHON') as string,
    })
  })

  it('is looked for with a key of a service account too, which buys one token for all questions', async () => {
    const { gar, network } = cloud.vendors
    const login = { username: '_json_key', password: gar.keyFile }
    const context = contextIn(cloud.vendors, { login })
    await preparation.ensure?.(context, place('myproject/charts/a'), plain)
    await preparation.ensure?.(context, place('myproject/charts/b'), plain)
    expect(network.lines('oauth2.googleapis.com')).toHaveLength(1)
    const encoded = Buffer.from(gar.keyFile).toString('base64')
    const other = contextIn(cloud.vendors, { login: { username: '_json_key_base64', password: encoded } })
    expect(await preparation.ensure?.(other, place('myproject/charts/a'), plain)).toBe('exists')
  })

  it('is not known of to whom may not see it', async () => {
    const context = contextIn(cloud.vendors)
    expect(await preparation.ensure?.(context, place('myproject/charts/app'), plain)).toBe('unknown')
  })

  it('loses a manifest with its tags, which the registry itself refuses', async () => {
    const { gar } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: gar.writer })
    const there = place('myproject/charts/doomed')
    const { digest } = await pushTo(context, there, ['1.0.0', 'latest'])
    await retention.deleteTag?.(context, there, 'latest')
    expect(gar.ledger.tags(there.repository)).toEqual(['1.0.0'])
    await retention.deleteManifest?.(context, there, digest)
    expect(gar.ledger.tags(there.repository)).toEqual([])
    await retention.deleteManifest?.(context, there, digest)
  })

  it('loses nothing to a reader, and to nobody', async () => {
    const { gar } = cloud.vendors
    const there = place('myproject/charts/kept')
    await pushTo(contextIn(cloud.vendors, { login: gar.writer }), there, ['1.0.0'])
    const reader = contextIn(cloud.vendors, { login: gar.reader })
    await expect(retention.deleteTag?.(reader, there, '1.0.0')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(retention.deleteTag?.(contextIn(cloud.vendors), there, '1.0.0')).rejects.toMatchObject({
      code: 'ANONYMOUS_REFUSED',
    })
    expect(gar.ledger.tags(there.repository)).toEqual(['1.0.0'])
  })
})

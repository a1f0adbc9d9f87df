import { describe, expect, it } from 'vitest'
import { clouds, contextIn } from '../../test/clouds.ts'
import { pushTo } from '../../test/push.ts'
import { retention } from './retention.ts'

const cloud = clouds()

describe('a delete in Azure', () => {
  it('takes a tag, and leaves its manifest', async () => {
    const { acr } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: acr.writer })
    const place = { scheme: 'https', host: acr.host, repository: 'charts/tag' } as const
    const { digest } = await pushTo(context, place, ['1.0.0', '1.0.1'])
    await retention.deleteTag?.(context, place, '1.0.0')
    expect(acr.ledger.find(place.repository, digest)?.tags).toEqual(['1.0.1'])
    await retention.deleteTag?.(context, place, '1.0.0')
  })

  it('respects a lock, and says how it is opened', async () => {
    const { acr } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: acr.writer })
    const place = { scheme: 'https', host: acr.host, repository: 'charts/locked' } as const
    await pushTo(context, place, ['1.0.0'])
    acr.lock(place.repository, '1.0.0', { deleteEnabled: false })
    await expect(retention.deleteTag?.(context, place, '1.0.0')).rejects.toMatchObject({
      hint: expect.stringContaining('locked') as string,
    })
    expect(acr.ledger.tags(place.repository)).toEqual(['1.0.0'])
  })

  it('by a reader names the role that is lacking', async () => {
    const { acr } = cloud.vendors
    const place = { scheme: 'https', host: acr.host, repository: 'charts/kept' } as const
    await pushTo(contextIn(cloud.vendors, { login: acr.writer }), place, ['1.0.0'])
    const reader = contextIn(cloud.vendors, { login: acr.reader })
    await expect(retention.deleteTag?.(reader, place, '1.0.0')).rejects.toMatchObject({
      hint: expect.stringContaining('AcrDelete') as string,
    })
  })
})

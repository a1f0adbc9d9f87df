import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { clouds, contextIn } from '../../test/clouds.ts'
import { pushTo } from '../../test/push.ts'
import type { RegistryPlace } from '../provider.ts'
import { preparation } from './prepare.ts'
import { retention } from './retention.ts'
import { visibility } from './visibility.ts'

const cloud = clouds()
const plain = { create: false, immutableTags: false, scanOnPush: false }

function place(repository: string): RegistryPlace {
  return { scheme: 'https', host: cloud.vendors.harbor.host, repository }
}

describe('a project of Harbor', () => {
  it('is found by a robot whose name has a $', async () => {
    const context = contextIn(cloud.vendors, { login: cloud.vendors.harbor.robot })
    expect(await preparation.ensure?.(context, place('library/app'), plain)).toBe('exists')
  })

  it('that is not there is said to an administrator, and not known of to others', async () => {
    const { harbor } = cloud.vendors
    const admin = contextIn(cloud.vendors, { login: harbor.admin })
    await expect(preparation.ensure?.(admin, place('absent/app'), plain)).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
      hint: expect.stringContaining('--create-repository') as string,
    })
    const robot = contextIn(cloud.vendors, { login: harbor.robot })
    expect(await preparation.ensure?.(robot, place('absent/app'), plain)).toBe('unknown')
  })

  it('is made when asked, by whom may', async () => {
    const { harbor } = cloud.vendors
    const wishes = { ...plain, create: true }
    const admin = contextIn(cloud.vendors, { login: harbor.admin })
    expect(await preparation.ensure?.(admin, place('made/app'), wishes)).toBe('created')
    expect(harbor.hasProject('made')).toBe(true)
    const robot = contextIn(cloud.vendors, { login: harbor.robot })
    await expect(preparation.ensure?.(robot, place('other2/app'), wishes)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      hint: expect.stringContaining('administrator') as string,
    })
  })

  it('is made with immutable tags and scans where they are wished', async () => {
    const asked: [line: string, body: unknown][] = []
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        asked.push([`${request.method} ${request.url}`, text === '' ? undefined : JSON.parse(text)])
        response.writeHead(request.method === 'GET' ? 404 : 201).end()
      })
    })
    server.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const context = contextIn(cloud.vendors, { login: cloud.vendors.harbor.admin })
    const there = { scheme: 'http', host, repository: 'team/app' } as const
    await preparation.ensure?.(context, there, { create: true, immutableTags: true, scanOnPush: true })
    expect(asked).toEqual([
      ['GET /api/v2.0/projects/team', undefined],
      ['POST /api/v2.0/projects', { project_name: 'team', metadata: { public: 'false', auto_scan: 'true' } }],
      [
        'POST /api/v2.0/projects/team/immutabletagrules',
        expect.objectContaining({ action: 'immutable', template: 'immutable_template' }),
      ],
    ])
  })

  it('that mirrors another registry takes no pushes, and says why', async () => {
    const context = contextIn(cloud.vendors, { login: cloud.vendors.harbor.admin })
    await expect(preparation.ensure?.(context, place('mirror/app'), plain)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('mirrors another registry') as string,
    })
  })

  it('is public or private as a whole', async () => {
    const { harbor } = cloud.vendors
    harbor.setProject('open', { isPublic: true })
    const context = contextIn(cloud.vendors, { login: harbor.admin })
    expect(await visibility.read?.(context, place('open/app'))).toBe('public')
    expect(await visibility.read?.(context, place('library/app'))).toBe('private')
    expect(await visibility.read?.(context, place('absent/app'))).toBeUndefined()
    expect(visibility.page?.(place('open/app'))).toContain('https://harbor.example.com/harbor/projects')
  })

  it('is wanted in a path', () => {
    expect(preparation.checkPath(place('app'))).toMatchObject({ corrected: 'harbor.example.com/PROJECT/app' })
    expect(preparation.checkPath(place('library/a/b'))).toBeUndefined()
  })

  it('loses a tag, or a manifest with its tags, of a repository with slashes in its name', async () => {
    const { harbor } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: harbor.writer })
    const there = place('library/deep/app')
    const { digest } = await pushTo(context, there, ['1.0.0', 'latest'])
    await retention.deleteTag?.(context, there, 'latest')
    expect(harbor.ledger.find(there.repository, digest)?.tags).toEqual(['1.0.0'])
    await retention.deleteManifest?.(context, there, digest)
    expect(harbor.ledger.tags(there.repository)).toEqual([])
    await retention.deleteManifest?.(context, there, digest)
  })

  it('keeps what a rule makes immutable, and what a robot may not remove', async () => {
    const { harbor } = cloud.vendors
    const there = place('library/immutable')
    const context = contextIn(cloud.vendors, { login: harbor.writer })
    await pushTo(context, there, ['9.0.0'])
    const robot = contextIn(cloud.vendors, { login: harbor.robot })
    await expect(retention.deleteTag?.(robot, there, '9.0.0')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      hint: expect.stringContaining('artifact:delete') as string,
    })
    harbor.setProject('library', { immutable: /^9/ })
    await expect(retention.deleteTag?.(context, there, '9.0.0')).rejects.toMatchObject({
      hint: expect.stringContaining('immutable') as string,
    })
    harbor.setProject('library', { immutable: undefined })
  })
})

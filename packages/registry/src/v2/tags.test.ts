import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pushChart, send, startRegistry } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'

describe('the tags of a repository', () => {
  it('come sorted by bytes, in pages of n after last', async () => {
    const { url } = await startRegistry()
    for (const version of ['1.10.0', '1.2.0', '2.0.0', '2.0.0-RC1']) {
      await pushChart(url, { name: 'a/b', version, archive: version })
    }
    const all = ['1.10.0', '1.2.0', '2.0.0', '2.0.0-RC1']
    expect(await tags(url, '')).toEqual([all, undefined])
    expect(await tags(url, '?n=10')).toEqual([all, undefined])
    expect(await tags(url, '?n=4')).toEqual([all, undefined])
    expect(await tags(url, '?n=0')).toEqual([[], undefined])
    expect(await tags(url, '?last=1.2.0')).toEqual([all.slice(2), undefined])
    expect(await tags(url, '?last=1.5')).toEqual([all.slice(2), undefined])
    expect(await tags(url, '?last=zzz')).toEqual([[], undefined])
    const [first, link] = await tags(url, '?n=3')
    expect(first).toEqual(all.slice(0, 3))
    expect(link).toBe('</v2/a/b/tags/list?n=3&last=2.0.0>; rel="next"')
    expect(await tags(url, '?n=3&last=2.0.0')).toEqual([all.slice(3), undefined])
  })

  it('come in pages of 1000 at most, whatever n is', async () => {
    const { url, dir } = await startRegistry()
    const { manifest } = await pushChart(url, { name: 'a/b', version: '0.0.0', archive: 'x' })
    const folder = join(dir, 'repositories', 'a', 'b', '_tags')
    for (let at = 0; at < 1000; at += 1) writeFileSync(join(folder, `=${at}=`), manifest)
    const [first, link] = await tags(url, '?n=5000')
    expect(first).toHaveLength(1000)
    expect(link).toMatch(/n=1000&last=/)
  })

  it('of an unknown repository are 404, and of a bad n 400', async () => {
    const { url } = await startRegistry()
    const got = await send(url, 'GET /v2/absent/tags/list')
    expect(got.status).toBe(404)
    expect(got.json()).toMatchObject({ errors: [{ code: 'NAME_UNKNOWN' }] })
    expect((await send(url, 'GET /v2/absent/tags/list?n=-1')).status).toBe(400)
    expect((await send(url, 'POST /v2/absent/tags/list')).status).toBe(405)
  })

  it('are read anew while they change and from memory when they rest', async () => {
    const { url, store, dir } = await startRegistry()
    await pushChart(url, { name: 'a', version: '1.0.0', archive: 'x' })
    expect(store.repository('a').tagList()).not.toBe(store.repository('a').tagList())
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(join(dir, 'repositories', 'a', '_tags'), longAgo, longAgo)
    expect(store.repository('a').tagList()).toBe(store.repository('a').tagList())
    expect(await tags(url, '', 'a')).toEqual(await tags(url, '', 'a'))
    await pushChart(url, { name: 'a', version: '1.1.0', archive: 'x' })
    expect(await tags(url, '', 'a')).toEqual([['1.0.0', '1.1.0'], undefined])
  })
})

describe('the catalog', () => {
  it('names repositories with manifests, in pages', async () => {
    const { url } = await startRegistry()
    for (const name of ['b', 'a/c', 'a', 'a-b'])
      await pushChart(url, { name, version: '1.0.0', archive: 'x' })
    expect(await catalog(url, '')).toEqual([['a', 'a-b', 'a/c', 'b'], undefined])
    const [first, link] = await catalog(url, '?n=3')
    expect(first).toEqual(['a', 'a-b', 'a/c'])
    expect(link).toBe('</v2/_catalog?n=3&last=a%2Fc>; rel="next"')
    expect(await catalog(url, '?n=3&last=a%2Fc')).toEqual([['b'], undefined])
    expect(await catalog(url, '?n=0')).toEqual([[], undefined])
    expect((await send(url, 'GET /v2/_catalog?n=x')).status).toBe(400)
    expect((await send(url, 'POST /v2/_catalog')).status).toBe(405)
  })
})

async function tags(url: string, query: string, name = 'a/b'): Promise<[unknown, unknown]> {
  const got = await send(url, `GET /v2/${name}/tags/list${query}`)
  return [(got.json() as { tags: unknown }).tags, got.headers['link']]
}

async function catalog(url: string, query: string): Promise<[unknown, unknown]> {
  const got = await send(url, `GET /v2/_catalog${query}`)
  return [(got.json() as { repositories: unknown }).repositories, got.headers['link']]
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from '@chartroom/oci'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { entry, index } from '../../test/entry.ts'
import type { Pages, WebServer } from '../../test/web-server.ts'
import { webServer } from '../../test/web-server.ts'
import { formatIndex } from '../format-index.ts'
import { Repository } from '../reader.ts'
import { IndexCache } from './index-cache.ts'

const first = formatIndex(index(entry('app', '1.0.0'), entry('other', '1.0.0')))
const second = formatIndex(index(entry('app', '2.0.0')))

/** A page with an ETag that holds until its text changes. */
function tagged(page: { text: string; etag: string | undefined }): Pages {
  return {
    '/index.yaml': ({ headers }) => {
      const { text, etag } = page
      if (etag !== undefined && headers['if-none-match'] === etag) return { status: 304 }
      return { body: text, headers: etag === undefined ? {} : { etag } }
    },
  }
}

function open({ url }: WebServer): Repository {
  const transport = createTransport({ retry: { attempts: 1 } })
  onTestFinished(() => transport.close())
  return new Repository({ url, transport })
}

function asked({ requests }: WebServer): (string | undefined)[] {
  return requests.map(({ headers }) => headers['if-none-match'])
}

describe('IndexCache', () => {
  it('keeps the index under the names of helm, and fetches it again only when it changed', async () => {
    const folder = join(temporaryFolder(), 'repository')
    const page = { text: first, etag: '"1"' }
    const server = await webServer(tagged(page))
    const cache = new IndexCache(folder)
    await cache.update('repo', open(server))
    expect(readFileSync(join(folder, 'repo-index.yaml'), 'utf8')).toBe(first)
    expect(readFileSync(join(folder, 'repo-charts.txt'), 'utf8')).toBe('app\nother\n')
    expect([...(await cache.update('repo', open(server))).entries.keys()]).toEqual(['app', 'other'])
    Object.assign(page, { text: second, etag: '"2"' })
    expect([...(await cache.update('repo', open(server))).entries.keys()]).toEqual(['app'])
    expect([...(await cache.read('repo')).entries.keys()]).toEqual(['app'])
    expect(asked(server)).toEqual([undefined, '"1"', '"1"'])
    expect(readdirSync(folder).sort()).toEqual(['repo-charts.txt', 'repo-index.etag', 'repo-index.yaml'])
  })

  it.each([
    ['was damaged', first.slice(0, 40)],
    ['was written by helm', second],
  ])('does not ask by the ETag of an index that %s since', async (_, text) => {
    const folder = temporaryFolder()
    const server = await webServer(tagged({ text: first, etag: '"1"' }))
    const cache = new IndexCache(folder)
    await cache.update('repo', open(server))
    writeFileSync(join(folder, 'repo-index.yaml'), text)
    expect((await cache.update('repo', open(server))).entries.size).toBe(2)
    expect(readFileSync(join(folder, 'repo-index.yaml'), 'utf8')).toBe(first)
    expect(asked(server)).toEqual([undefined, undefined])
  })

  it('does not ask one repository by the ETag of another that had its name', async () => {
    const cache = new IndexCache(temporaryFolder())
    await cache.update('repo', open(await webServer(tagged({ text: first, etag: '"1"' }))))
    const other = await webServer(tagged({ text: second, etag: '"1"' }))
    expect((await cache.update('repo', open(other))).entries.get('app')?.[0]?.version).toBe('2.0.0')
    expect(asked(other)).toEqual([undefined])
  })

  it('forgets the ETag of a server that gives none any more', async () => {
    const folder = temporaryFolder()
    const page = { text: first, etag: '"1"' as string | undefined }
    const server = await webServer(tagged(page))
    const cache = new IndexCache(folder)
    await cache.update('repo', open(server))
    Object.assign(page, { etag: undefined })
    await cache.update('repo', open(server))
    expect(readdirSync(folder).sort()).toEqual(['repo-charts.txt', 'repo-index.yaml'])
  })

  it('keeps the old index when the new one is none', async () => {
    const folder = temporaryFolder()
    const page = { text: first, etag: undefined as string | undefined }
    const server = await webServer(tagged(page))
    const cache = new IndexCache(folder)
    await cache.update('repo', open(server))
    for (const text of ['', '<html></html>', 'entries: {}']) {
      page.text = text
      await expect(cache.update('repo', open(server))).rejects.toMatchObject({ code: 'INDEX_INVALID' })
    }
    expect((await cache.read('repo')).entries.size).toBe(2)
  })

  it('says how to fetch an index that is not there, and removes what it kept', async () => {
    const folder = temporaryFolder()
    const cache = new IndexCache(folder)
    await expect(cache.read('repo')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('repo update'),
    })
    await cache.update('repo', open(await webServer(tagged({ text: first, etag: '"1"' }))))
    await cache.remove('repo')
    await cache.remove('repo')
    expect(readdirSync(folder)).toEqual([])
  })
})

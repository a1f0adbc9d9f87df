import { describe, expect, it, onTestFinished } from 'vitest'
import { openRepository } from '../../test/open-repository.ts'
import type { Arrived, Script } from '../../test/scripted-server.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import { createTransport, openRegistry } from '../index.ts'
import { limits } from '../limits.ts'

async function tagsOf(script: Script): Promise<string[]> {
  const server = await scriptedServer(script)
  const found: string[] = []
  for await (const tag of openRepository(server.host).tags()) found.push(tag)
  return found
}

const list = 'GET /v2/a/b/tags/list'
const next = (target: string, rel = 'rel="next"'): Record<string, string> => ({ link: `<${target}>; ${rel}` })

describe('a list', () => {
  it('of tags is followed to its end, in the order of the registry', async () => {
    expect(
      await tagsOf({
        [`${list}?last=a&n=0`]: { body: '{"tags":["c","a"]}', headers: next('?page=3') },
        [`${list}?page=3`]: { body: '{"tags":null}' },
        [list]: { body: '{"name":"a/b","tags":["b"]}', headers: next('/v2/a/b/tags/list?last=a&n=0') },
      }),
    ).toEqual(['b', 'c', 'a'])
  })

  it('of repositories too', async () => {
    const server = await scriptedServer({
      'GET /v2/_catalog?n=1000': {
        body: '{"repositories":["x","y/z"]}',
        headers: next('/v2/_catalog?last=y/z'),
      },
      'GET /v2/_catalog?last=y/z': { body: '{"repositories":["w"]}' },
    })
    const transport = createTransport()
    onTestFinished(() => transport.close())
    const found: string[] = []
    for await (const name of openRegistry({ host: server.host, transport }).catalog()) found.push(name)
    expect(found).toEqual(['x', 'y/z', 'w'])
  })

  it('is taken for what it holds of texts', async () => {
    expect(await tagsOf({ [list]: { body: '{"tags":["a",1,null,{"x":1},"b"]}' } })).toEqual(['a', 'b'])
    expect(await tagsOf({ [list]: { body: '{"tags":{"a":1}}' } })).toEqual([])
    expect(await tagsOf({ [list]: { body: '[]' } })).toEqual([])
    expect(await tagsOf({ [list]: { body: '{"__proto__":{"tags":["x"]}}' } })).toEqual([])
  })

  it('goes on at its own origin, whatever scheme and port a proxy hides from the registry', async () => {
    expect(
      await tagsOf({
        [list]: { body: '{"tags":["a"]}', headers: next('http://127.0.0.1/v2/a/b/tags/list?p=2') },
        [`${list}?p=2`]: { body: '{"tags":["b"]}' },
      }),
    ).toEqual(['a', 'b'])
  })

  it.each(['http://localhost/x', 'https://evil.example/v2/', '//evil.example/x', 'http://', 'file:///x'])(
    'does not go on at %s',
    async (target) => {
      await expect(
        tagsOf({ [list]: { body: '{"tags":["a"]}', headers: next(target) } }),
      ).rejects.toMatchObject({
        code: 'CREDENTIAL_LEAK_REFUSED',
      })
    },
  )

  it('that comes back to a page is endless', async () => {
    const script = { [list]: { body: '{"tags":["a"]}', headers: next('/v2/a/b/tags/list?x') } }
    await expect(tagsOf(script)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('with too many pages is endless', async () => {
    const server = await scriptedServer({
      [list]: ({ path }: Arrived) => ({
        body: '{"tags":[]}',
        headers: next(`?p=${Number(path.split('=')[1] ?? 0) + 1}`),
      }),
    })
    const read = async (): Promise<void> => {
      for await (const tag of openRepository(server.host).tags()) expect(tag).toBeDefined()
    }
    await expect(read()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(server.requests).toHaveLength(limits.pages)
  })

  it('with too many items is endless', async () => {
    const body = `{"tags":[${'"a",'.repeat(limits.listItems)}"a"]}`
    await expect(tagsOf({ [list]: { body } })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('with too large a page is refused', async () => {
    const body = new Uint8Array(limits.pageBytes + 1)
    await expect(tagsOf({ [list]: { body } })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('that is a page for people is refused', async () => {
    await expect(tagsOf({ [list]: { body: '<html>' } })).rejects.toMatchObject({ code: 'SERVER_ERROR' })
  })

  it('of a repository that is not there says so', async () => {
    const body = '{"errors":[{"code":"NAME_UNKNOWN"}]}'
    await expect(tagsOf({ [list]: { status: 404, body } })).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_FOUND',
    })
  })
})

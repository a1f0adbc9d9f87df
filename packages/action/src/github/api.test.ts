import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Secret } from '@chartroom/errors'
import { createTransport } from '@chartroom/oci'
import { startGitHub } from '@chartroom/testkit/github'
import { describe, expect, it, onTestFinished } from 'vitest'
import { limits } from '../limits.ts'
import type { ApiAnswer } from './api.ts'
import { GitHubApi } from './api.ts'
import { completeRelease } from './release.ts'
import { Releases } from './releases.ts'

interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function serving(reply: (request: IncomingMessage) => Reply): Promise<URL> {
  const server = createServer((request, response) => {
    const { status, headers = {}, body = '' } = reply(request)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3/`)
}

function opened(url: URL, signal?: AbortSignal): GitHubApi {
  const transport = createTransport()
  onTestFinished(() => transport.close())
  return new GitHubApi({ transport, url, token: new Secret('ghs_secret'), signal, wait: async () => {} })
}

describe('the interface of GitHub', () => {
  it('is asked with what it documents, at the address of the runner, whatever is in a name', async () => {
    const seen: IncomingMessage[] = []
    const url = await serving((request) => {
      seen.push(request)
      return { status: 200, body: '{"a":1}' }
    })
    const to = ['repos', 'o', 'r', 'tags', 'a/../b?c#d%2e']
    const answer: ApiAnswer = await opened(url).call({ method: 'GET', to, query: { 'a b': '&=' } })
    expect(answer).toMatchObject({ status: 200, body: { a: 1 } })
    expect(seen[0]?.url).toBe('/api/v3/repos/o/r/tags/a%2F..%2Fb%3Fc%23d%252e?a+b=%26%3D')
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer ghs_secret',
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': expect.stringMatching(/chartroom/) as string,
    })
  })

  it.each([[['repos', '..', 'user']], [['repos', 'o', '.']], [['repos', '']]])(
    'is not asked for %j, which leads elsewhere',
    async (to) => {
      const url = await serving(() => ({ status: 200 }))
      await expect(opened(url).call({ method: 'GET', to })).rejects.toMatchObject({ code: 'USAGE' })
    },
  )

  it('may answer with no more than there is room for', async () => {
    const url = await serving(() => ({ status: 200, body: `"${'x'.repeat(limits.answerBytes)}"` }))
    await expect(opened(url).call({ method: 'GET', to: ['user'] })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
  })

  it('may not lead in a circle', async () => {
    const url = await serving(() => ({ status: 302, headers: { location: '/api/v3/user' } }))
    await expect(opened(url).call({ method: 'GET', to: ['user'] })).rejects.toMatchObject({
      code: 'SERVER_ERROR',
    })
  })

  it('is asked no more once the job was cancelled', async () => {
    const stop = new AbortController()
    let count = 0
    const url = await serving(() => {
      count += 1
      stop.abort()
      return { status: 503 }
    })
    await expect(opened(url, stop.signal).call({ method: 'GET', to: ['user'] })).rejects.toMatchObject({
      code: 'ABORTED',
    })
    expect(count).toBe(1)
  })

  it.each([
    ['https://api.github.com', 'https://uploads.github.com/repos/o/r/releases/1/assets{?name,label}', true],
    ['https://api.acme.ghe.com', 'https://uploads.acme.ghe.com/x{?name,label}', true],
    ['https://git.acme.example/api/v3', 'https://git.acme.example/api/uploads/x{?name,label}', true],
    ['https://api.github.com', 'http://uploads.github.com/x', false],
    ['https://api.github.com', 'https://uploads.github.com:8443/x', false],
    ['https://api.github.com', 'https://uploads.github.com.evil.example/x', false],
    ['https://api.github.com', 'https://evil.example/uploads.github.com', false],
  ])('at %s takes files at %s: %s', (api, template, taken) => {
    const ask = (): URL => opened(new URL(api)).uploadUrl(template)
    if (taken) expect(ask().href).toBe(template.replace('{?name,label}', ''))
    else expect(ask).toThrow(/wants files sent to/)
  })
})

describe('a release', () => {
  const request = { tag: 'v1', files: [], section: 'x', prerelease: false }

  it('is looked for among so many drafts, and no more', async () => {
    let lists = 0
    const page = JSON.stringify(
      Array.from({ length: 100 }, (_, id) => ({
        id,
        tag_name: 'other',
        html_url: '',
        upload_url: '',
        draft: true,
      })),
    )
    const url = await serving(({ url: path = '', method }) => {
      if (path.includes('/tags/')) return { status: 404 }
      if (method === 'POST') return { status: 403, body: '{"message":"no"}' }
      lists += 1
      return { status: 200, body: page }
    })
    await expect(completeRelease(new Releases(opened(url), 'o/r'), request)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(lists).toBe(limits.releasePages)
  })

  it('is given up where other runs win again and again', async () => {
    const github = await startGitHub()
    onTestFinished(() => github.close())
    let races = 0
    github.fault({
      when: /PATCH/,
      kind: 'before',
      times: 99,
      act: () => {
        races += 1
        const other = github.store.create('v1')
        // It vanishes again, so that the next round finds none.
        github.fault({ when: /GET .*\/tags\/v1/, kind: 'before', act: () => github.store.remove(other) })
      },
    })
    const releases = new Releases(
      new GitHubApi({
        transport: createTransport(),
        url: new URL(github.apiUrl),
        token: new Secret(github.token),
        wait: async () => {},
      }),
      github.repository,
    )
    await expect(completeRelease(releases, request)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'other runs change the release v1 at the same time',
    })
    expect(races).toBe(limits.races)
  })
})

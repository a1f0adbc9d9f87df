import { describe, expect, it, onTestFinished } from 'vitest'
import type { Received } from '../registry-client.ts'
import { send } from '../registry-client.ts'
import type { GitHubOptions, StartedGitHub } from './index.ts'
import { secondaryLimited, serverError, startGitHub } from './index.ts'

async function started(options: GitHubOptions = {}): Promise<StartedGitHub> {
  const github = await startGitHub(options)
  onTestFinished(() => github.close())
  return github
}

interface Asked {
  readonly token?: string | undefined
  readonly body?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

function ask(
  github: StartedGitHub,
  line: string,
  { token = github.token, body, headers }: Asked = {},
): Promise<Received> {
  const [method = '', path = ''] = line.split(' ')
  const { pathname } = new URL(github.apiUrl)
  return send(github.url, `${method} ${pathname === '/' ? '' : pathname}/repos/${github.repository}${path}`, {
    headers: {
      'user-agent': 'test',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  })
}

function json({ body }: Received): Record<string, unknown> {
  return JSON.parse(body.toString()) as Record<string, unknown>
}

describe('the emulated GitHub', () => {
  it('makes a draft, takes its files, publishes it, and shows it by its tag only then', async () => {
    const github = await started()
    const made = await ask(github, 'POST /releases', { body: '{"tag_name":"v1","draft":true}' })
    expect(made.status).toBe(201)
    const { id, upload_url: template } = json(made)
    expect((await ask(github, 'GET /releases/tags/v1')).status).toBe(404)
    expect(json(await ask(github, 'GET /releases'))).toMatchObject([{ id, draft: true }])
    const upload = new URL(String(template).replace('{?name,label}', '?name=a%20b.tgz'))
    const headers = {
      authorization: `Bearer ${github.token}`,
      'user-agent': 'test',
      'content-type': 'application/gzip',
    }
    const taken = await send(upload.origin, `POST ${upload.pathname}${upload.search}`, {
      headers,
      body: 'bytes',
    })
    expect(taken.status).toBe(201)
    expect(json(taken)).toMatchObject({
      name: 'a.b.tgz',
      state: 'uploaded',
      size: 5,
      digest: expect.stringMatching(/^sha256:/) as string,
    })
    const again = await send(upload.origin, `POST ${upload.pathname}${upload.search}`, {
      headers,
      body: 'bytes',
    })
    expect(again.status).toBe(422)
    expect(json(again)).toMatchObject({
      errors: [{ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }],
    })
    const published = await ask(github, `PATCH /releases/${Number(id)}`, { body: '{"draft":false}' })
    expect(json(published)).toMatchObject({ draft: false, tag_name: 'v1', assets: [{ name: 'a.b.tgz' }] })
    expect((await ask(github, 'GET /releases/tags/v1', { token: '' })).status).toBe(200)
    expect((await ask(github, 'GET /git/ref/tags/v1')).status).toBe(200)
    const twice = await ask(github, 'POST /releases', { body: '{"tag_name":"v1"}' })
    expect(json(twice)).toMatchObject({
      message: 'Validation Failed',
      errors: [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }],
      documentation_url: expect.stringContaining('https://docs.github.com/rest') as string,
      status: '422',
    })
  })

  it('gives the bytes of a file from another origin, and remembers who brought a credential there', async () => {
    const github = await started()
    const { id } = github.store.addAsset(github.store.create('v1'), 'a.tgz', { bytes: Buffer.from('bytes') })
    const headers = { accept: 'application/octet-stream' }
    const way = await ask(github, `GET /releases/assets/${id}`, { headers })
    expect(way.status).toBe(302)
    const there = new URL(String(way.headers['location']))
    expect(there.origin).not.toBe(github.url)
    const line = `GET ${there.pathname}${there.search}`
    expect((await send(there.origin, line)).body.toString()).toBe('bytes')
    expect((await send(there.origin, line, { headers: { authorization: 'Bearer x' } })).status).toBe(400)
    expect(github.storageRequests.map(({ authorization }) => authorization)).toEqual([undefined, 'Bearer x'])
  })

  it.each([
    ['a wrong token', { token: 'wrong' }, 401, 'Bad credentials'],
    ['no token', { token: '' }, 401, 'Requires authentication'],
    ['a token that may read', { token: 'reader' }, 403, 'Resource not accessible by integration'],
    ['no user agent', { headers: { 'user-agent': '' } }, 403, /User-Agent/],
  ])('refuses to write for %s', async (_, asked, status, message) => {
    const github = await started({ tokens: { writer: 'write', reader: 'read' } })
    const answer = await ask(github, 'POST /releases', { body: '{"tag_name":"v1"}', ...asked })
    expect([answer.status, json(answer)['message']]).toEqual([
      status,
      typeof message === 'string' ? message : expect.stringMatching(message),
    ])
  })

  it('hides a private repository, and drafts from those who may not write', async () => {
    const github = await started({ tokens: { writer: 'write', reader: 'read' }, isPrivate: true })
    github.store.create('v1', { draft: true })
    expect((await ask(github, 'GET /releases', { token: '' })).status).toBe(404)
    expect(json(await ask(github, 'GET /releases', { token: 'reader' }))).toEqual([])
    expect(json(await ask(github, 'GET /releases', { token: 'writer' }))).toHaveLength(1)
  })

  it('limits requests, and says when they count again', async () => {
    const github = await started()
    github.rateLimit.remaining = 1
    expect((await ask(github, 'GET /releases')).headers).toMatchObject({
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '0',
    })
    const answer = await ask(github, 'GET /releases')
    expect([answer.status, answer.headers['x-ratelimit-reset']]).toEqual([
      403,
      String(github.rateLimit.reset),
    ])
  })

  it('has faults, in their order', async () => {
    const github = await started()
    github.fault({ when: /GET .*\/releases$/, kind: 'answer', answer: secondaryLimited(429, 3) })
    github.fault({ when: /GET .*\/releases$/, kind: 'cut' })
    github.fault({ when: /GET .*\/releases$/, kind: 'answer', answer: serverError(503) })
    expect((await ask(github, 'GET /releases')).headers['retry-after']).toBe('3')
    await expect(ask(github, 'GET /releases')).rejects.toThrow()
    expect((await ask(github, 'GET /releases')).status).toBe(503)
    expect((await ask(github, 'GET /releases')).status).toBe(200)
  })

  it('lists in pages, at the addresses of an Enterprise Server too', async () => {
    const github = await started({ apiFolder: '/api/v3' })
    for (let index = 0; index < 3; index++) github.store.create(`v${index}`)
    const first = await ask(github, 'GET /releases?per_page=2')
    expect(json(first)).toMatchObject([{ tag_name: 'v2' }, { tag_name: 'v1' }])
    expect(first.headers['link']).toContain(
      `${github.url}/api/v3/repos/octo/charts/releases?per_page=2&page=2`,
    )
    expect(json(await ask(github, 'GET /releases?per_page=2&page=2'))).toMatchObject([
      { tag_name: 'v0', upload_url: expect.stringContaining(`${github.url}/api/uploads/repos`) as string },
    ])
  })
})

import { createTransport } from '@chartroom/oci'
import { Secret } from '@chartroom/errors'
import type { GitHubOptions, StartedGitHub } from '@chartroom/testkit/github'
import { rateLimited, secondaryLimited, serverError, startGitHub } from '@chartroom/testkit/github'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sha256 } from '../sha256.ts'
import { GitHubApi } from './api.ts'
import type { ReleaseResult } from './release.ts'
import { completeRelease } from './release.ts'
import { Releases } from './releases.ts'

async function started(options: GitHubOptions = {}): Promise<StartedGitHub> {
  const github = await startGitHub({ tags: ['v1.0.0'], ...options })
  onTestFinished(() => github.close())
  return github
}

interface Run {
  readonly result: Promise<ReleaseResult>
  readonly waits: readonly number[]
}

function run(github: StartedGitHub, { token = github.token, content = 'archive' } = {}): Run {
  const transport = createTransport()
  onTestFinished(() => transport.close())
  const waits: number[] = []
  const api = new GitHubApi({
    transport,
    url: new URL(github.apiUrl),
    token: new Secret(token),
    wait: async (milliseconds) => void waits.push(milliseconds),
  })
  const files = [file('app-1.0.0.tgz', content), file('app-1.0.0.tgz.prov', 'provenance')]
  const request = { tag: 'v1.0.0', files, section: '| app |', prerelease: false }
  return { result: completeRelease(new Releases(api, github.repository), request), waits }
}

function file(name: string, text: string) {
  const bytes = new TextEncoder().encode(text)
  return { name, bytes, digest: sha256(bytes) }
}

/** What readers of the repository see. */
function shown({ store }: StartedGitHub) {
  return store.releases.map(({ tag, draft, assets }) => ({
    tag,
    draft,
    assets: assets.map(({ name, state, bytes }) => `${name} ${state} ${Buffer.from(bytes).toString()}`),
  }))
}

const whole = [
  {
    tag: 'v1.0.0',
    draft: false,
    assets: ['app-1.0.0.tgz uploaded archive', 'app-1.0.0.tgz.prov uploaded provenance'],
  },
]

describe('a release', () => {
  it('is a draft until all of its files are there', async () => {
    const github = await started()
    const made = await run(github).result
    expect(made).toMatchObject({
      action: 'created',
      draft: false,
      url: `${github.url}/octo/charts/releases/tag/v1.0.0`,
    })
    expect(shown(github)).toEqual(whole)
    expect(github.requests.map(({ line }) => line.replace(/\d{4}/, 'ID'))).toEqual([
      'GET /repos/octo/charts/releases/tags/v1.0.0',
      'GET /repos/octo/charts/releases',
      'POST /repos/octo/charts/releases',
      'GET /repos/octo/charts/releases/ID/assets',
      'POST /uploads/repos/octo/charts/releases/ID/assets',
      'POST /uploads/repos/octo/charts/releases/ID/assets',
      'PATCH /repos/octo/charts/releases/ID',
    ])
    expect(github.store.releases[0]).toMatchObject({
      name: 'v1.0.0',
      prerelease: false,
      makeLatest: 'legacy',
    })
  })

  it('is not touched by a second run', async () => {
    const github = await started()
    await run(github).result
    const before = github.requests.length
    expect(await run(github).result).toMatchObject({
      action: 'unchanged',
      files: [{ action: 'unchanged' }, {}],
    })
    expect(github.requests.slice(before).map(({ line }) => line.split(' ')[0])).toEqual(['GET', 'GET'])
  })

  it('of others gets what is missing, and keeps what they wrote', async () => {
    const github = await started()
    github.store.create('v1.0.0', { body: 'Notes by hand', name: 'One' })
    expect(await run(github).result).toMatchObject({ action: 'completed' })
    expect(github.store.releases[0]).toMatchObject({
      name: 'One',
      body: expect.stringMatching(/^Notes by hand\n\n<!-- chartroom/) as string,
    })
    await run(github).result
    expect(github.store.releases[0]?.body?.match(/\| app \|/g)).toHaveLength(1)
  })

  it('that somebody keeps as a draft stays one', async () => {
    const github = await started()
    github.store.create('v1.0.0', { body: 'Notes', draft: true })
    expect(await run(github).result).toMatchObject({ action: 'completed', draft: true })
    expect(shown(github)).toMatchObject([{ draft: true, assets: whole[0]?.assets }])
    expect(await run(github).result).toMatchObject({ action: 'unchanged', draft: true })
  })

  it('with another file of that name is left as it is, and the files are named', async () => {
    const github = await started()
    const release = github.store.create('v1.0.0')
    github.store.addAsset(release, 'app-1.0.0.tgz.prov', { bytes: Buffer.from('Provenance') })
    await expect(run(github).result).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'the release v1.0.0 has app-1.0.0.tgz.prov with other content',
    })
    expect(release.assets).toHaveLength(1)
  })

  it('without digests is compared by its bytes, which lie where the token does not go', async () => {
    const github = await started({ showDigests: false })
    await run(github).result
    expect(await run(github).result).toMatchObject({ action: 'unchanged' })
    await expect(run(github, { content: 'ARCHIVE' }).result).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(github.storageRequests.length).toBeGreaterThan(2)
    expect(github.storageRequests.filter(({ authorization }) => authorization !== undefined)).toEqual([])
  })

  it('that is immutable takes its files while it is a draft, and none later', async () => {
    const github = await started({ immutableReleases: true })
    expect(await run(github).result).toMatchObject({ action: 'created' })
    expect(await run(github).result).toMatchObject({ action: 'unchanged' })
    github.store.releases[0]?.assets.pop()
    await expect(run(github).result).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'the release v1.0.0 is immutable, and has no app-1.0.0.tgz.prov',
    })
  })

  it('is found at the addresses of an Enterprise Server', async () => {
    const github = await started({ apiFolder: '/api/v3' })
    expect(await run(github).result).toMatchObject({ action: 'created' })
    expect(shown(github)).toEqual(whole)
  })
})

describe('a release that goes wrong', () => {
  it.each([
    ['no answer to the list', /GET .*\/releases$/, 'cut'],
    ['no answer to what makes it', /POST .*\/releases$/, 'cut'],
    ['a lost answer to what made it', /POST .*\/releases$/, 'lost'],
    ['no answer to a file', /POST \/uploads/, 'cut'],
    ['a lost answer to a file', /POST \/uploads/, 'lost'],
    ['a file cut in its middle', /POST \/uploads/, 'half'],
    ['no answer to what publishes it', /PATCH /, 'cut'],
    ['a lost answer to what published it', /PATCH /, 'lost'],
  ] as const)('by %s is made all the same, once', async (_, when, kind) => {
    const github = await started()
    github.fault({ when, kind })
    expect((await run(github).result).files).toHaveLength(2)
    expect(shown(github)).toEqual(whole)
  })

  it.each([/GET .*tags/, /GET .*\/releases$/, /POST .*octo\/charts\/releases$/, /POST \/uploads/, /PATCH /])(
    'by a 502 at %s is made all the same, once',
    async (when) => {
      const github = await started()
      github.fault({ when, kind: 'answer', answer: serverError(502), times: 2 })
      const { result, waits } = run(github)
      await result
      expect(shown(github)).toEqual(whole)
      expect(waits).toEqual([500, 1000])
    },
  )

  it.each([/GET .*tags/, /POST .*octo\/charts\/releases$/, /POST \/uploads/, /PATCH /])(
    'by 5xx without end at %s ends, and the next run completes it',
    async (when) => {
      const github = await started()
      github.fault({ when, kind: 'answer', answer: serverError(500), times: 5 })
      await expect(run(github).result).rejects.toMatchObject({ code: 'SERVER_ERROR' })
      expect(shown(github).every(({ draft }) => draft)).toBe(true)
      await run(github).result
      expect(shown(github)).toEqual(whole)
    },
  )

  it('by uploads that are always cut ends, and the next run replaces what is half there', async () => {
    const github = await started()
    github.fault({ when: /POST \/uploads/, kind: 'half', times: 5 })
    await expect(run(github).result).rejects.toMatchObject({ code: 'NETWORK' })
    expect(shown(github)[0]?.assets).toEqual(['app-1.0.0.tgz starter arc'])
    expect(await run(github).result).toMatchObject({ action: 'completed' })
    expect(shown(github)).toEqual(whole)
  })

  it('by a limit waits as long as it is told to', async () => {
    const github = await started()
    github.fault({ when: /POST \/uploads/, kind: 'answer', answer: secondaryLimited(403, 7) })
    github.fault({ when: /PATCH/, kind: 'answer', answer: secondaryLimited(429, 11) })
    const { result, waits } = run(github)
    await result
    expect(waits).toEqual([7000, 11_000])
    expect(shown(github)).toEqual(whole)
  })

  it('by a limit that lasts longer says so, and the next run completes it', async () => {
    const github = await started()
    const { remaining } = github.rateLimit
    github.fault({ when: /POST \/uploads/, kind: 'before', act: () => void (github.rateLimit.remaining = 0) })
    await expect(run(github).result).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      hint: expect.stringContaining('Run the job again later') as string,
    })
    github.rateLimit.remaining = remaining
    await run(github).result
    expect(shown(github)).toEqual(whole)
  })

  it('by limits one after the other does not wait without end', async () => {
    const github = await started()
    github.fault({
      when: /GET .*tags/,
      kind: 'answer',
      answer: { ...rateLimited(), headers: { 'retry-after': '1' } },
      times: 99,
    })
    const { result, waits } = run(github)
    await expect(result).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect(waits).toEqual([1000, 1000, 1000, 1000])
  })

  it.each([
    ['wrong', 'UNAUTHENTICATED', /The token is wrong/],
    ['reader', 'FORBIDDEN', /permissions: contents: write/],
    ['stranger', 'NOT_FOUND', /does not see octo\/charts/],
  ])('for the token %s says what to permit', async (token, code, hint) => {
    const github = await started({
      tokens: { writer: 'write', reader: 'read', stranger: 'none' },
      isPrivate: true,
    })
    await expect(run(github, { token }).result).rejects.toMatchObject({
      code,
      hint: expect.stringMatching(hint) as string,
    })
    expect(shown(github)).toEqual([])
  })

  it('says what GitHub finds wrong', async () => {
    const github = await started()
    const errors = [
      { resource: 'Release', code: 'custom', field: 'tag_name', message: 'tag_name is protected' },
    ]
    const answer = { status: 422, body: { message: 'Validation Failed', errors, status: '422' } }
    github.fault({ when: /POST .*releases$/, kind: 'answer', answer })
    await expect(run(github).result).rejects.toMatchObject({
      code: 'CONFLICT',
      message:
        'GitHub did not create the release v1.0.0: it answered 422 (Validation Failed; tag_name is protected)',
    })
  })

  it('says that something else answers', async () => {
    const github = await started()
    github.fault({ when: /GET .*tags/, kind: 'answer', answer: { status: 200, body: 'a proxy' } })
    await expect(run(github).result).rejects.toMatchObject({
      code: 'SERVER_ERROR',
      hint: expect.stringContaining('GITHUB_API_URL') as string,
    })
  })
})

describe('a release that two runs make', () => {
  it.each([
    ['before it is made', /POST .*octo\/charts\/releases$/],
    ['before its files come', /POST \/uploads/],
    ['before it is published', /PATCH /],
  ])('is one in the end, where the other is faster %s', async (_, when) => {
    const github = await started()
    github.fault({
      when,
      kind: 'before',
      act: () => {
        const other = github.store.create('v1.0.0', { body: 'of the other' })
        github.store.addAsset(other, 'app-1.0.0.tgz', { bytes: Buffer.from('archive') })
      },
    })
    expect((await run(github).result).files).toHaveLength(2)
    expect(shown(github)).toEqual(whole)
  })

  it('is one in the end, also at the same time', async () => {
    const github = await started()
    await Promise.all([run(github).result, run(github).result, run(github).result])
    expect(shown(github)).toEqual(whole)
  })

  it('takes a file from either, and refuses another one', async () => {
    const github = await started()
    github.fault({
      when: /POST \/uploads/,
      kind: 'before',
      act: () => {
        const [release] = github.store.releases
        if (release !== undefined)
          github.store.addAsset(release, 'app-1.0.0.tgz', { bytes: Buffer.from('evil') })
      },
    })
    await expect(run(github).result).rejects.toMatchObject({ code: 'CONFLICT' })
  })
})

describe('the token', () => {
  it('does not follow where answers point', async () => {
    const github = await started()
    const elsewhere = await started()
    const location = `${elsewhere.apiUrl}/repos/octo/charts/releases/tags/v1.0.0`
    github.fault({ when: /GET .*tags/, kind: 'answer', answer: { status: 301, headers: { location } } })
    await run(github).result
    expect(elsewhere.requests).toMatchObject([{ authorization: undefined }])
    expect(shown(github)).toEqual(whole)
  })

  it.each(['https://uploads.example.org/x{?name,label}', 'http://127.0.0.1:9/x', 'nothing'])(
    'is not sent with files to %s',
    async (template) => {
      const github = await started()
      const body = {
        id: 1,
        tag_name: 'v1.0.0',
        html_url: github.url,
        upload_url: template,
        draft: false,
        body: '',
      }
      github.fault({ when: /GET .*tags/, kind: 'answer', answer: { status: 200, body } })
      github.fault({ when: /GET .*assets/, kind: 'answer', answer: { status: 200, body: [] } })
      await expect(run(github).result).rejects.toMatchObject({ code: 'CREDENTIAL_LEAK_REFUSED' })
    },
  )
})

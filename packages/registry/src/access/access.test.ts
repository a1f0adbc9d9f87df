import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseIndex } from '@chartroom/repository'
import type { Received, StartedRegistry } from '@chartroom/testkit'
import { pushBlob, pushChart, send, sha256, startRegistry, temporaryFolder } from '@chartroom/testkit'
import { hashSync } from 'bcryptjs'
import { beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'

const password = hashSync('right', 4)
const as = (user: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:right`).toString('base64')}`,
})

const rules = `
# Two tenants, a reader, an owner of all, and something for everybody.
anonymous:
  public/**: [pull]
ann:
  a/**: [pull, push, delete]
ben:
  b/**: pull, push, delete
reader:
  a/**: [pull]
writer:
  a/**: [push]
root:
  "**": [pull, push, delete]
stranger: {}
`

interface Guarded extends StartedRegistry {
  readonly access: string
}

async function guarded(text = rules): Promise<Guarded> {
  const folder = temporaryFolder()
  const [htpasswd, access] = [join(folder, 'users'), join(folder, 'access.yaml')]
  const users = ['ann', 'ben', 'reader', 'writer', 'root', 'stranger', 'unlisted']
  writeFileSync(htpasswd, users.map((user) => `${user}:${password}\n`).join(''))
  writeFileSync(access, text)
  return { ...(await startRegistry({ auth: { htpasswd, access } })), access }
}

/** What a client sees of an answer. */
function seen({ status, headers, body }: Received): object {
  const { date: _, ...rest } = headers
  return { status, headers: rest, body: String(body) }
}

let registry: Guarded
let url: string
let secret: { archive: string; manifest: string }

beforeEach(async () => {
  registry = await guarded()
  url = registry.url
  secret = await pushChart(url, { name: 'b/app', version: '1.0.0', archive: 'of b', headers: as('ben') })
  await pushChart(url, { name: 'a/app', version: '1.0.0', archive: 'of a', headers: as('ann') })
  await pushChart(url, { name: 'public/app', version: '2.0.0', archive: 'public', headers: as('root') })
})

describe('the rights of an access file', () => {
  it('S1c S51b let a reader pull and refuse him a push and a delete, with a sentence', async () => {
    const headers = as('reader')
    expect((await send(url, 'GET /v2/a/app/manifests/1.0.0', { headers })).status).toBe(200)
    expect((await send(url, 'GET /v2/a/app/tags/list', { headers })).status).toBe(200)
    for (const line of [
      'POST /v2/a/app/blobs/uploads/',
      'PUT /v2/a/app/manifests/2.0.0',
      'PUT /v2/a/app/blobs/uploads/x?digest=y',
      'PATCH /v2/a/app/blobs/uploads/x',
      'GET /v2/a/app/blobs/uploads/x',
    ]) {
      const got = await send(url, line, { headers, body: line.startsWith('GET') ? '' : '{}' })
      expect([got.status, got.json()], line).toEqual([
        403,
        { errors: [{ code: 'DENIED', message: 'reader may not push to a/app' }] },
      ])
    }
    const got = await send(url, 'DELETE /v2/a/app/manifests/1.0.0', { headers })
    expect([got.status, got.json()]).toEqual([
      403,
      { errors: [{ code: 'DENIED', message: 'reader may not delete from a/app' }] },
    ])
  })

  it('ask those for a login who gave none, whether there is such a thing or not', async () => {
    const answers = []
    for (const name of ['b/app', 'b/none', 'none', 'a/app']) {
      for (const line of [
        `GET /v2/${name}/tags/list`,
        `GET /v2/${name}/manifests/1.0.0`,
        `GET /v2/${name}/referrers/${secret.manifest}`,
        `POST /v2/${name}/blobs/uploads/`,
        `DELETE /v2/${name}/manifests/1.0.0`,
        `GET /helm/${name.replace(/\/.*/, '')}/index.yaml`,
      ]) {
        answers.push(seen(await send(url, line)))
      }
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringMatching(/^Basic/) as string },
    })
    expect((await send(url, 'GET /v2/')).status).toBe(401)
  })

  it('of anonymous are everybody’s', async () => {
    for (const headers of [{}, as('ann'), as('stranger'), as('unlisted')]) {
      expect((await send(url, 'GET /v2/public/app/manifests/2.0.0', { headers })).status).toBe(200)
      expect((await send(url, 'GET /helm/public/app-2.0.0.tgz', { headers })).status).toBe(200)
    }
    const wrong = { authorization: `Basic ${Buffer.from('ann:wrong').toString('base64')}` }
    expect((await send(url, 'GET /v2/public/app/manifests/2.0.0', { headers: wrong })).status).toBe(401)
  })

  it('allow a push to who may not read, without telling him what is there', async () => {
    const headers = as('writer')
    await pushChart(url, { name: 'a/app', version: '3.0.0', archive: 'written', headers })
    expect((await send(url, 'GET /v2/a/app/manifests/3.0.0', { headers })).status).toBe(404)
    expect((await send(url, 'DELETE /v2/a/app/manifests/3.0.0', { headers })).status).toBe(404)
  })

  it('are followed when the file changes, and none are left when it cannot be read', async () => {
    const errors = async (): Promise<number> =>
      (await send(url, 'GET /v2/a/app/tags/list', { headers: as('ann') })).status
    expect(await errors()).toBe(200)
    writeFileSync(registry.access, 'ben: {"**": [pull]}\n')
    expect(await errors()).toBe(404)
    writeFileSync(registry.access, 'ann: {"**": [everything]}\n')
    expect(await errors()).toBe(500)
    rmSync(registry.access)
    expect(await errors()).toBe(500)
  })
})

describe('a tenant', () => {
  // Each answer to ann on what ben has must be, to the byte, the answer on what nobody has.
  const routes: readonly (readonly [line: string, headers?: Record<string, string>])[] = [
    ['GET /v2/NAME/tags/list'],
    ['GET /v2/NAME/tags/list?n=1'],
    ['GET /v2/NAME/tags/list?n=x'],
    ['GET /v2/NAME/manifests/1.0.0'],
    ['HEAD /v2/NAME/manifests/1.0.0'],
    ['GET /v2/NAME/manifests/MANIFEST'],
    ['GET /v2/NAME/manifests/MANIFEST', { 'if-none-match': '"MANIFEST"' }],
    ['GET /v2/NAME/manifests/sha256:bad'],
    ['GET /v2/NAME/blobs/ARCHIVE'],
    ['HEAD /v2/NAME/blobs/ARCHIVE'],
    ['GET /v2/NAME/blobs/ARCHIVE', { range: 'bytes=0-1' }],
    ['GET /v2/NAME/referrers/MANIFEST'],
    ['GET /v2/NAME/referrers/MANIFEST?artifactType=x'],
    ['GET /v2/NAME/blobs/uploads/00000000-0000-0000-0000-000000000000'],
    ['POST /v2/NAME/blobs/uploads/'],
    ['POST /v2/NAME/blobs/uploads/?mount=ARCHIVE'],
    ['PUT /v2/NAME/manifests/1.0.0'],
    ['DELETE /v2/NAME/manifests/1.0.0'],
    ['DELETE /v2/NAME/manifests/MANIFEST'],
    ['DELETE /v2/NAME/blobs/ARCHIVE'],
    ['POST /v2/NAME/manifests/1.0.0'],
    ['GET /helm/NAME/index.yaml'],
    ['GET /helm/SPACE/index.yaml'],
    ['HEAD /helm/SPACE/index.yaml'],
    ['GET /helm/SPACE/app-1.0.0.tgz'],
    ['GET /helm/SPACE/app-1.0.0.tgz.prov'],
  ]

  async function answerTo([line, headers = {}]: (typeof routes)[number], space: string): Promise<string> {
    const fill = (text: string): string =>
      text
        .replace('NAME', `${space}/app`)
        .replace('SPACE', space)
        .replace('MANIFEST', secret.manifest)
        .replace('ARCHIVE', secret.archive)
    const filled = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, fill(value)]))
    const got = await send(url, fill(line), { headers: { ...filled, ...as('ann') } })
    return JSON.stringify(seen(got)).replaceAll(`${space}/app`, 'NAME')
  }

  it('S1e S29f is told of another’s charts what he is told of none', async () => {
    for (const route of routes) expect(await answerTo(route, 'b'), route[0]).toBe(await answerTo(route, 'z'))
    expect((await send(url, 'GET /v2/b/app/manifests/1.0.0', { headers: as('ben') })).status).toBe(200)
  })

  it('S1e S29f sees no other’s charts in the catalog, whatever the page', async () => {
    const names = async (headers: Record<string, string>, query = ''): Promise<unknown> =>
      (await send(url, `GET /v2/_catalog${query}`, { headers })).json()
    expect(await names(as('ann'))).toEqual({ repositories: ['a/app', 'public/app'] })
    expect(await names(as('ben'))).toEqual({ repositories: ['b/app', 'public/app'] })
    expect(await names(as('root'))).toEqual({ repositories: ['a/app', 'b/app', 'public/app'] })
    expect(await names({})).toEqual({ repositories: ['public/app'] })
    const page = await send(url, 'GET /v2/_catalog?n=1', { headers: as('ann') })
    expect(page.json()).toEqual({ repositories: ['a/app'] })
    expect(page.headers['link']).toBe('</v2/_catalog?n=1&last=a%2Fapp>; rel="next"')
    const last = await send(url, 'GET /v2/_catalog?n=1&last=a%2Fapp', { headers: as('ann') })
    expect([last.json(), last.headers['link']]).toEqual([{ repositories: ['public/app'] }, undefined])
    const closed = await guarded('ann: {"a/**": [pull]}\n')
    expect((await send(closed.url, 'GET /v2/_catalog')).status).toBe(401)
  })

  it('S1e S29f mounts nothing of another, by name or by digest alone, and pushes no manifest of his', async () => {
    for (const query of [`mount=${secret.archive}`, `mount=${secret.archive}&from=b/app`]) {
      const got = await send(url, `POST /v2/a/new/blobs/uploads/?${query}`, { headers: as('ann') })
      expect(got.status, query).toBe(202)
      expect((await send(url, `GET /v2/a/new/blobs/${secret.archive}`, { headers: as('ann') })).status).toBe(
        404,
      )
    }
    const own = await pushBlob(url, 'a/app', 'shared', as('ann'))
    for (const query of [`mount=${own}`, `mount=${own}&from=a/app`]) {
      expect((await send(url, `POST /v2/a/new/blobs/uploads/?${query}`, { headers: as('ann') })).status).toBe(
        201,
      )
    }
    const manifest = await send(url, `GET /v2/b/app/manifests/${secret.manifest}`, { headers: as('ben') })
    const put = await send(url, 'PUT /v2/a/new/manifests/stolen', {
      headers: { ...as('ann'), 'content-type': String(manifest.headers['content-type']) },
      body: manifest.body,
    })
    expect([put.status, put.json()]).toMatchObject([400, { errors: [{ code: 'MANIFEST_BLOB_UNKNOWN' }] }])
  })

  it('takes over no upload of another', async () => {
    const started = await send(url, 'POST /v2/b/app/blobs/uploads/', { headers: as('ben') })
    const session = String(started.headers['location'])
    const moved = session.replace('/v2/b/app/', '/v2/a/app/')
    for (const path of [session, moved]) {
      const got = await send(url, `PUT ${path}?digest=${sha256('x')}`, { headers: as('ann'), body: 'x' })
      expect([403, 404]).toContain(got.status)
    }
    const ended = await send(url, `PUT ${session}?digest=${sha256('x')}`, { headers: as('ben'), body: 'x' })
    expect(ended.status).toBe(201)
  })

  it('S1e S29f shares a classic repository with others without seeing their charts', async () => {
    const shared = await guarded(`
ann: {team/one: [pull, push]}
ben: {team/two: [pull, push]}
root: {"**": [pull]}
anonymous: {team/free: [pull]}
writer: {team/free: [push]}
`)
    await pushChart(shared.url, { name: 'team/one', version: '1.0.0', archive: '1', headers: as('ann') })
    await pushChart(shared.url, { name: 'team/two', version: '1.0.0', archive: '2', headers: as('ben') })
    const charts = async (headers: Record<string, string>): Promise<string[]> => {
      const got = await send(shared.url, 'GET /helm/team/index.yaml', { headers })
      return got.status === 200 ? [...parseIndex(String(got.body)).entries.keys()] : [String(got.status)]
    }
    expect(await charts({})).toEqual(['401'])
    await pushChart(shared.url, { name: 'team/free', version: '1.0.0', archive: '3', headers: as('writer') })
    for (let round = 0; round < 2; round++) {
      expect(await charts(as('ann'))).toEqual(['free', 'one'])
      expect(await charts(as('ben'))).toEqual(['free', 'two'])
      expect(await charts(as('root'))).toEqual(['free', 'one', 'two'])
      expect(await charts({})).toEqual(['free'])
    }
    await pushChart(shared.url, { name: 'team/one', version: '1.1.0', archive: '4', headers: as('ann') })
    const index = await send(shared.url, 'GET /helm/team/index.yaml', { headers: as('ann') })
    expect(String(index.body)).toContain('1.1.0')
    const stale = { ...as('ben'), 'if-none-match': String(index.headers['etag']) }
    expect((await send(shared.url, 'GET /helm/team/index.yaml', { headers: stale })).status).toBe(200)
    expect((await send(shared.url, 'GET /helm/team/one-1.0.0.tgz', { headers: as('ann') })).status).toBe(200)
    expect((await send(shared.url, 'GET /helm/team/one-1.0.0.tgz', { headers: as('ben') })).status).toBe(404)
    expect((await send(shared.url, 'GET /helm/index.yaml', { headers: as('ann') })).status).toBe(200)
  })

  it('is not told by more views than are kept in memory', async () => {
    const users = Array.from({ length: limits.namespaceViews + 3 }, (_, i) => `u${i}`)
    const folder = temporaryFolder()
    const [htpasswd, access] = [join(folder, 'users'), join(folder, 'access.yaml')]
    writeFileSync(htpasswd, [...users, 'root'].map((user) => `${user}:${password}\n`).join(''))
    writeFileSync(
      access,
      `root: {"**": [push]}\n${users.map((user) => `${user}: {team/${user}: [pull]}\n`).join('')}`,
    )
    const many = await startRegistry({ auth: { htpasswd, access } })
    for (const user of users)
      await pushChart(many.url, {
        name: `team/${user}`,
        version: '1.0.0',
        archive: user,
        headers: as('root'),
      })
    for (const user of [...users, ...users]) {
      const got = await send(many.url, 'GET /helm/team/index.yaml', { headers: as(user) })
      expect([...parseIndex(String(got.body)).entries.keys()]).toEqual([user])
    }
  })
})

describe('an access file', () => {
  it.each([
    ['that is no map', '- a\n', /no map/],
    ['with a user without patterns', 'ann: [pull]\n', /ann: no map/],
    ['with a right nobody knows', 'ann: {"a/**": [read]}\n', /ann: a\/\*\*: "read" is no right/],
    ['with rights that are no list', 'ann: {"a/**": true}\n', /no list of rights/],
    ['with a pattern no repository can match', 'ann: {"A/**": [pull]}\n', /A\/\*\* is no pattern/],
    ['with a user twice', 'ann: {a: [pull]}\nann: {b: [pull]}\n', /access\.yaml/],
    ['with a star that YAML takes for its own', 'ann: {**: [pull]}\n', /access\.yaml/],
  ])('%s is refused', async (_, text, message) => {
    await expect(guarded(text)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(/./) as string,
    })
  })

  it.each([
    ['of more bytes than anybody writes', `#${' '.repeat(limits.accessBytes)}\n`],
    [
      'of more rules than anybody needs',
      `ann:\n${Array.from({ length: limits.accessRules + 1 }, (_, i) => `  a${i}: [pull]\n`).join('')}`,
    ],
  ])('%s is refused', async (_, text) => {
    await expect(guarded(text)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('that is empty lets nobody do anything', async () => {
    const { url: closed } = await guarded('')
    expect((await send(closed, 'GET /v2/', { headers: as('root') })).status).toBe(200)
    expect((await send(closed, 'GET /v2/a/tags/list', { headers: as('root') })).status).toBe(404)
    expect((await send(closed, 'POST /v2/a/blobs/uploads/', { headers: as('root') })).status).toBe(403)
  })

  it('without passwords holds for everybody, and is absent what may not be read', async () => {
    const access = join(temporaryFolder(), 'access.yaml')
    writeFileSync(access, 'anonymous: {open/**: [pull, push]}\n')
    const { url: open } = await startRegistry({ auth: { access } })
    await pushChart(open, { name: 'open/app', version: '1.0.0', archive: 'x' })
    expect((await send(open, 'GET /v2/')).status).toBe(200)
    expect((await send(open, 'GET /v2/closed/tags/list')).status).toBe(404)
    const push = await send(open, 'POST /v2/closed/blobs/uploads/')
    expect([push.status, push.json()]).toMatchObject([
      403,
      { errors: [{ message: 'anonymous may not push to closed' }] },
    ])
  })

  it('that names users goes with passwords, and not with --anonymous-pull', async () => {
    const folder = temporaryFolder()
    const [htpasswd, access] = [join(folder, 'users'), join(folder, 'access.yaml')]
    writeFileSync(access, 'ann: {"**": [pull]}\n')
    await expect(startRegistry({ auth: { access } })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/ann, who has no way to log in/) as string,
    })
    writeFileSync(htpasswd, `ann:${password}\n`)
    await expect(startRegistry({ auth: { access, htpasswd, anonymousPull: true } })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/matter of that file/) as string,
    })
    await expect(startRegistry({ auth: { access: join(folder, 'none') } })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    })
  })

  it('gives no more than reading to a registry that is for reading only', async () => {
    const folder = temporaryFolder()
    const access = join(folder, 'access.yaml')
    writeFileSync(access, 'anonymous: {"**": [pull, push, delete]}\n')
    const { url: closed } = await startRegistry({ auth: { access }, readOnly: true })
    expect((await send(closed, 'POST /v2/a/blobs/uploads/')).status).toBe(405)
  })
})

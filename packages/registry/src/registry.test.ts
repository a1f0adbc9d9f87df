import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '@chartroom/store'
import { pushBlob, pushChart, send, sha256, startRegistry, temporaryFolder } from '@chartroom/testkit'
import { hashSync } from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import { createRegistry } from './registry.ts'

const alice = { authorization: `Basic ${Buffer.from('alice:right').toString('base64')}` }
const wrong = { authorization: `Basic ${Buffer.from('alice:wrong').toString('base64')}` }
const nobody = { authorization: `Basic ${Buffer.from('bob:right').toString('base64')}` }

describe('the registry', () => {
  it('answers a ping and tells that it is well', async () => {
    const { url } = await startRegistry()
    expect(await send(url, 'GET /v2/')).toMatchObject({ status: 200 })
    expect(await send(url, 'GET /v2')).toMatchObject({ status: 200 })
    expect(String((await send(url, 'GET /healthz')).body)).toBe('ok\n')
    for (const path of ['/', '/v2/x', '/v2/a/manifests', '/v2/%zz/tags/list', '/other']) {
      expect((await send(url, `GET ${path}`)).status, path).toBe(404)
    }
  })

  it.each(['A/b', '_catalog', 'a/_b', 'a..b', `${'x'.repeat(250)}`])(
    'has no repository %s: NAME_INVALID',
    async (name) => {
      const { url } = await startRegistry()
      const got = await send(url, `GET /v2/${name}/tags/list`)
      expect(got.status).toBe(400)
      expect(got.json()).toMatchObject({ errors: [{ code: 'NAME_INVALID' }] })
    },
  )

  it('gives the same answers as a Hono application', async () => {
    const { store, url } = await startRegistry()
    const { app } = createRegistry({ store })
    const started = await app.request('/v2/a/blobs/uploads/', { method: 'POST' })
    const put = `${started.headers.get('location') ?? ''}?digest=${sha256('content')}`
    expect((await app.request(put, { method: 'PUT', body: 'content' })).status).toBe(201)
    const large = 'x'.repeat(1_000_000)
    await pushBlob(url, 'a', large)
    const path = `/v2/a/blobs/${sha256(large)}`
    expect(await (await app.request(path)).text()).toBe(large)
    const head = await app.request(path, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '1000000', ''])
    expect((await app.request('/healthz')).status).toBe(200)
    expect((await app.request('/v2/a/blobs/sha256:bad')).status).toBe(400)
  })

  it('tells what is its own fault to its owner, and no details to the client', async () => {
    const errors: unknown[] = []
    const { url, dir } = await startRegistry({ onError: (error) => errors.push(error) })
    const digest = await pushBlob(url, 'a', 'intact')
    const hex = digest.slice('sha256:'.length)
    const path = join(dir, 'blobs', 'sha256', hex.slice(0, 2), hex)
    rmSync(path)
    mkdirSync(path)
    const got = await send(url, `GET /v2/a/blobs/${digest}`)
    expect(got.status).toBe(500)
    expect(String(got.body)).not.toContain(dir)
    expect(errors).toHaveLength(1)
  })

  it('for reading only refuses every change, after it has asked for the password', async () => {
    const store = await openStore(temporaryFolder())
    const { url } = await startRegistry({ store, readOnly: true })
    for (const line of [
      'POST /v2/a/blobs/uploads/',
      'PUT /v2/a/manifests/x',
      'PATCH /v2/a/blobs/uploads/x',
      'DELETE /v2/a/manifests/x',
    ]) {
      const got = await send(url, line)
      expect(got.status).toBe(405)
      expect(got.json()).toMatchObject({ errors: [{ code: 'UNSUPPORTED' }] })
    }
    expect((await send(url, 'GET /v2/')).status).toBe(200)
    const closed = await startRegistry({ readOnly: true, auth: { htpasswd: passwordFile() } })
    expect((await send(closed.url, 'DELETE /v2/a/manifests/x')).status).toBe(401)
    expect((await send(closed.url, 'DELETE /v2/a/manifests/x', { headers: alice })).status).toBe(405)
    await store.close()
  })
})

describe('the registry with passwords', () => {
  it('asks for one everywhere but for its health', async () => {
    const { url } = await startRegistry({ auth: { htpasswd: passwordFile() } })
    for (const headers of [
      {},
      wrong,
      nobody,
      { authorization: 'Bearer x' },
      { authorization: 'Basic eA==' },
    ]) {
      for (const path of ['/v2/', '/v2/_catalog', '/v2/a/tags/list', '/helm/index.yaml']) {
        const got = await send(url, `GET ${path}`, { headers })
        expect(got.status, path).toBe(401)
        expect(got.headers['www-authenticate']).toMatch(/^Basic realm="/)
        expect(got.json()).toMatchObject({ errors: [{ code: 'UNAUTHORIZED' }] })
      }
    }
    expect((await send(url, 'GET /healthz')).status).toBe(200)
    expect((await send(url, 'GET /v2/', { headers: alice })).status).toBe(200)
    const chart = { name: 'a', version: '1.0.0', archive: 'x' }
    await pushChart(url, { ...chart, headers: alice })
    await expect(pushChart(url, chart)).rejects.toThrow()
  })

  it('lets anybody read where that is allowed, but not with a wrong password', async () => {
    const { url } = await startRegistry({ auth: { htpasswd: passwordFile(), anonymousPull: true } })
    await pushChart(url, { name: 'a', version: '1.0.0', archive: 'x', headers: alice })
    expect((await send(url, 'GET /v2/a/manifests/1.0.0')).status).toBe(200)
    expect((await send(url, 'GET /v2/a/manifests/1.0.0', { headers: wrong })).status).toBe(401)
    // Otherwise docker and crane would not know how to log in for a push.
    expect((await send(url, 'GET /v2/')).status).toBe(401)
    for (const line of [
      'POST /v2/a/blobs/uploads/',
      'GET /v2/a/blobs/uploads/x',
      'DELETE /v2/a/manifests/1.0.0',
    ]) {
      expect((await send(url, line)).status, line).toBe(401)
    }
  })

  it('follows its file', async () => {
    const htpasswd = passwordFile()
    const { url } = await startRegistry({ auth: { htpasswd } })
    expect((await send(url, 'GET /v2/', { headers: nobody })).status).toBe(401)
    appendFileSync(htpasswd, `bob:${hashSync('right', 4)}\n`)
    expect((await send(url, 'GET /v2/', { headers: nobody })).status).toBe(200)
    writeFileSync(htpasswd, '# nobody any more\n')
    expect((await send(url, 'GET /v2/', { headers: alice })).status).toBe(401)
    rmSync(htpasswd)
    expect((await send(url, 'GET /v2/', { headers: alice })).status).toBe(500)
  })

  it('refuses a password longer than bcrypt reads, and a header longer than any', async () => {
    const { url } = await startRegistry({ auth: { htpasswd: passwordFile() } })
    for (const length of [73, 12_000]) {
      const basic = Buffer.from(`alice:${'x'.repeat(length)}`).toString('base64')
      expect((await send(url, 'GET /v2/', { headers: { authorization: `Basic ${basic}` } })).status).toBe(401)
    }
  })

  it.each([
    ['without a colon', 'alice\n'],
    ['with another hash', 'alice:{SHA}x\n'],
    ['with a password in the clear', 'alice:right\n'],
    ['that is far too long', '#'.repeat(1024 * 1024 + 1)],
  ])('refuses a password file %s', async (_, text) => {
    const path = join(temporaryFolder(), 'htpasswd')
    writeFileSync(path, text)
    await expect(startRegistry({ auth: { htpasswd: path } })).rejects.toMatchObject({
      code: expect.stringMatching(/^(USAGE|LIMIT_EXCEEDED)$/) as string,
    })
  })
})

function passwordFile(rounds = 4): string {
  const path = join(temporaryFolder(), 'htpasswd')
  writeFileSync(path, `# users\n\nalice:${hashSync('right', rounds)}\n`)
  return path
}

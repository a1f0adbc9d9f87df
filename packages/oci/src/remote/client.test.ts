import { Secret } from '@chartroom/errors'
import { describe, expect, it, onTestFinished } from 'vitest'
import { scriptedServer } from '../../test/scripted-server.ts'
import type { CredentialSource, RemoteRepository } from '../index.ts'
import { answerOf, contentOf, createTransport, digestOf, openRegistry, readAll } from '../index.ts'
import { limits } from '../limits.ts'

const bytes = new TextEncoder().encode('content')
const blob = { mediaType: 'application/octet-stream', digest: digestOf(bytes), size: bytes.length }
const credentials: CredentialSource = {
  credential: () =>
    Promise.resolve({ kind: 'basic', username: 'u', password: new Secret('p'), source: 'a file' }),
}
const basicHeader = `Basic ${Buffer.from('u:p').toString('base64')}`
const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }

function open(host: string, options: { plainHttp?: boolean; anonymous?: boolean } = {}): RemoteRepository {
  const transport = createTransport({ retry: { attempts: 2, delay: 1 }, insecureSkipTlsVerify: true })
  onTestFinished(() => transport.close())
  return openRegistry({
    host,
    transport,
    plainHttp: options.plainHttp,
    credentials: options.anonymous === true ? undefined : credentials,
  }).repository('a/b')
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('a challenge that no token answers', () => {
  it('leaves its connection free, so that nothing keeps the process', async () => {
    const server = await scriptedServer(({ host }) => ({
      'GET /v2/a/b/tags/list': {
        status: 401,
        headers: { 'www-authenticate': `Bearer realm="http://${host}/token"` },
        body: '{"errors":[{"code":"UNAUTHORIZED"}]}',
      },
      'GET /token': { status: 403 },
    }))
    const repository = open(server.host)
    for (let i = 0; i < 2; i++) {
      const listed = failure(repository.tags()[Symbol.asyncIterator]().next())
      expect(await listed).toMatchObject({ code: 'UNAUTHENTICATED' })
      // The body passes by when the error is out already.
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    // The token was fetched while the first answer waited. What came free last is taken first: its connection.
    const [challenged, , again] = server.requests.map(({ clientPort }) => clientPort)
    expect(again).toBe(challenged)
  })
})

describe('a redirect', () => {
  // GHSA-vh4v (oras-go): credentials across redirects.
  it('to another origin is followed without the credential', async () => {
    const storage = await scriptedServer({ 'GET /object': { body: bytes } })
    const server = await scriptedServer({
      [`GET /v2/a/b/blobs/${blob.digest}`]: ({ headers }) =>
        headers.authorization === undefined
          ? challenge
          : { status: 307, headers: { location: `${storage.url}/object?sig=1` } },
    })
    expect(await readAll(await open(server.host).fetch(blob), 100)).toEqual(bytes)
    expect(server.requests.at(-1)?.headers.authorization).toBe(basicHeader)
    expect(storage.requests).toHaveLength(1)
    expect(storage.requests[0]?.headers.authorization).toBeUndefined()
  })

  it.each([301, 302, 303, 307, 308])('of %i at the same origin keeps the credential', async (status) => {
    const server = await scriptedServer({
      [`GET /v2/a/b/blobs/${blob.digest}`]: ({ headers }) =>
        headers.authorization === undefined ? challenge : { status, headers: { location: '/moved' } },
      'GET /moved': { body: bytes },
    })
    await readAll(await open(server.host).fetch(blob), 100)
    expect(server.requests.at(-1)).toMatchObject({ path: '/moved', headers: { authorization: basicHeader } })
  })

  it('to somebody who asks for a login gets none', async () => {
    const attacker = await scriptedServer({ 'GET /object': challenge })
    const server = await scriptedServer({
      [`GET /v2/a/b/blobs/${blob.digest}`]: { status: 307, headers: { location: `${attacker.url}/object` } },
    })
    await expect(open(server.host).fetch(blob)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(attacker.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  it('from https to http is not followed', async () => {
    const other = await scriptedServer({ 'GET /object': { body: bytes } })
    const server = await scriptedServer(
      { [`GET /v2/a/b/blobs/${blob.digest}`]: { status: 307, headers: { location: `${other.url}/object` } } },
      { tls: true },
    )
    await expect(open(server.host, { plainHttp: false }).fetch(blob)).rejects.toMatchObject({
      code: 'CREDENTIAL_LEAK_REFUSED',
    })
    expect(other.requests).toEqual([])
  })

  it.each(['file:///etc/passwd', 'gopher://x/'])('to %s is not followed', async (location) => {
    const server = await scriptedServer({
      [`GET /v2/a/b/blobs/${blob.digest}`]: { status: 307, headers: { location } },
    })
    await expect(open(server.host).fetch(blob)).rejects.toMatchObject({ code: 'CREDENTIAL_LEAK_REFUSED' })
  })

  it('to nowhere is told of', async () => {
    const server = await scriptedServer({
      [`GET /v2/a/b/blobs/${blob.digest}`]: { status: 307, headers: { location: 'http://' } },
    })
    await expect(open(server.host).fetch(blob)).rejects.toMatchObject({ code: 'SERVER_ERROR' })
  })

  it('in a circle is followed ten times', async () => {
    const server = await scriptedServer({
      [`GET /v2/a/b/blobs/${blob.digest}`]: { status: 307, headers: { location: '?again' } },
    })
    await expect(open(server.host).fetch(blob)).rejects.toMatchObject({
      code: 'SERVER_ERROR',
      message: expect.stringContaining('without end') as unknown,
    })
    expect(server.requests).toHaveLength(limits.redirects + 1)
  })

  it('takes content along only by 307 and 308', async () => {
    const put = `PUT /v2/a/b/manifests/1`
    const manifest = {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: blob.digest,
      size: blob.size,
    }
    const moved = await scriptedServer({
      [put]: { status: 307, headers: { location: '/moved' } },
      'PUT /moved': { status: 201 },
    })
    await open(moved.host).tag(manifest, '1', contentOf(bytes))
    expect(moved.requests.at(-1)?.body.toString()).toBe('content')
    const other = await scriptedServer({
      [put]: { status: 303, headers: { location: '/moved' } },
      'GET /moved': {},
    })
    await expect(open(other.host).tag(manifest, '1', contentOf(bytes))).rejects.toMatchObject({
      code: 'SERVER_ERROR',
    })
    expect(other.requests).toHaveLength(1)
  })
})

describe('an error of the registry', () => {
  it.each([
    [400, 'MANIFEST_INVALID', 'MANIFEST_INVALID'],
    [400, 'DIGEST_INVALID', 'DIGEST_MISMATCH'],
    [400, 'NAME_INVALID', 'USAGE'],
    [400, 'UNSUPPORTED', 'UNSUPPORTED'],
    [401, 'UNAUTHORIZED', 'UNAUTHENTICATED'],
    [403, 'DENIED', 'FORBIDDEN'],
    [404, 'MANIFEST_UNKNOWN', 'NOT_FOUND'],
    [404, 'NAME_UNKNOWN', 'REPOSITORY_NOT_FOUND'],
    [405, 'UNSUPPORTED', 'UNSUPPORTED'],
    [409, '', 'CONFLICT'],
    [412, 'PRECONDITION', 'CONFLICT'],
    [413, '', 'LIMIT_EXCEEDED'],
    [418, '', 'SERVER_ERROR'],
    [429, 'TOOMANYREQUESTS', 'RATE_LIMITED'],
    [500, 'UNKNOWN', 'SERVER_ERROR'],
    [503, '', 'SERVER_ERROR'],
  ])('%i %s is %s', async (status, code, wanted) => {
    const body = code === '' ? '' : JSON.stringify({ errors: [{ code, message: 'because' }] })
    const server = await scriptedServer({ 'GET /v2/a/b/manifests/1': { status, body } })
    const error = await failure(open(server.host).fetchManifest('1'))
    expect(error).toMatchObject({ code: wanted, origin: server.host, op: 'GET' })
    expect((error as Error).message).toContain(`/v2/a/b/manifests/1 answered ${status}`)
    expect((error as { hint?: string }).hint).toMatch(/\.$/)
    if (code !== '') expect((error as Error).message).toContain(`${code} because`)
    expect(answerOf(error)).toMatchObject({
      status,
      errors: code === '' ? [] : [{ code, message: 'because' }],
    })
  })

  it('401 without a login says to log in', async () => {
    const server = await scriptedServer({ 'GET /v2/a/b/manifests/1': challenge })
    await expect(open(server.host, { anonymous: true }).fetchManifest('1')).rejects.toMatchObject({
      code: 'ANONYMOUS_REFUSED',
      hint: `Log in: chartroom login ${server.host}.`,
    })
  })

  it("is ECR's way to say that a tag is immutable", async () => {
    const body = JSON.stringify({
      errors: [
        {
          code: 'TAG_INVALID',
          message:
            "The image tag '1' already exists and cannot be overwritten because the repository is immutable.",
        },
      ],
    })
    const server = await scriptedServer({ 'GET /v2/a/b/manifests/1': { status: 400, body } })
    await expect(open(server.host).fetchManifest('1')).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('says when to come back', async () => {
    const server = await scriptedServer({
      'GET /v2/a/b/manifests/1': { status: 429, headers: { 'retry-after': 600 } },
    })
    await expect(open(server.host).fetchManifest('1')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      hint: expect.stringContaining('600 s') as unknown,
    })
  })

  it.each([
    ['<html><body>Bad gateway</body></html>', ''],
    ['plain words', ': plain words'],
    ['{"errors":"nonsense"}', ': {"errors":"nonsense"}'],
    ['{"errors":[null,{"code":1}]}', ': {"errors":[null,{"code":1}]}'],
    ['\u001b[31mred\u0007', ': [31mred'],
    ['x'.repeat(limits.errorBytes + 1), ''],
    ['x'.repeat(limits.errorText + 100), `: ${'x'.repeat(limits.errorText)}`],
  ])('in its own words is told in one line', async (body, shown) => {
    const server = await scriptedServer({ 'GET /v2/a/b/manifests/1': { status: 400, body } })
    const error = await failure(open(server.host).fetchManifest('1'))
    expect((error as Error).message).toBe(`${server.url}/v2/a/b/manifests/1 answered 400${shown}`)
  })

  it('whose body breaks off is told by its status', async () => {
    const server = await scriptedServer({
      'GET /v2/a/b/manifests/1': { status: 403, body: '{"errors":[', cutAfter: 4 },
    })
    await expect(open(server.host).fetchManifest('1')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('to a HEAD is asked for its reason', async () => {
    const body = JSON.stringify({ errors: [{ code: 'PROJECTPOLICYVIOLATION', message: 'not signed' }] })
    const server = await scriptedServer({
      'HEAD /v2/a/b/manifests/1': { status: 403 },
      'GET /v2/a/b/manifests/1': { status: 403, body },
    })
    await expect(open(server.host).resolve('1')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('not signed') as unknown,
    })
  })

  it('shows no secret', async () => {
    const storage = await scriptedServer({ 'GET /object': { status: 403 } })
    const server = await scriptedServer({
      [`GET /v2/a/b/blobs/${blob.digest}`]: {
        status: 307,
        headers: {
          location: `${storage.url.replace('http://', 'http://user:hunter2@')}/object?X-Amz-Signature=hunter2`,
        },
      },
    })
    const error = await failure(open(server.host).fetch(blob))
    expect(error).toMatchObject({ code: 'FORBIDDEN' })
    expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toContain('hunter2')
    expect(storage.requests[0]?.headers.authorization).toBeUndefined()
  })
})

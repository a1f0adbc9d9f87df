import type { Request, Response, Transport } from '@chartroom/oci'
import { Secret } from '@chartroom/errors'
import { describe, expect, it } from 'vitest'
import type { ProviderContext } from './context.ts'
import { retention as dockerHub } from './docker-hub/retention.ts'
import { preparation as gar } from './gar/prepare.ts'
import { retention as ghcr } from './ghcr/retention.ts'
import { limits } from './limits.ts'

/** A vendor whose interface answers by this alone, and keeps no time. */
function answering(answer: (request: Request) => { status?: number; body: unknown }): {
  context: ProviderContext
  count: () => number
} {
  let count = 0
  const transport: Transport = {
    request(request) {
      count++
      const { status = 200, body } = answer(request)
      const bytes = new TextEncoder().encode(JSON.stringify(body))
      async function* content(): AsyncGenerator<Uint8Array> {
        yield bytes
      }
      const response: Response = { status, headers: {}, url: request.url, body: content() }
      return Promise.resolve(response)
    },
    pause: () => Promise.resolve(),
    close: () => undefined,
  }
  const context: ProviderContext = {
    env: {},
    platform: 'linux',
    transport,
    credentials: {
      credential: () =>
        Promise.resolve({ kind: 'basic', username: 'u', password: new Secret('p'), source: 'a test' }),
    },
    run: () => Promise.resolve(undefined),
    now: () => 0,
  }
  return { context, count: () => count }
}

describe('a limit', () => {
  it('ends the versions of a package that have no end', async () => {
    const page = Array.from({ length: 100 }, (_, id) => ({ id, name: `sha256:${id}` }))
    const { context, count } = answering(({ url }) => ({
      body: url.pathname.endsWith('/versions') ? page : {},
    }))
    const place = { scheme: 'https', host: 'ghcr.io', repository: 'me/app' } as const
    await expect(ghcr.deleteTag?.(context, place, '1.0.0')).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(count()).toBe(limits.pages + 1)
  })

  it('ends the tags of a repository that have no end', async () => {
    const { context, count } = answering(({ url }) => ({
      body: url.pathname === '/v2/auth/token' ? { access_token: 't' } : { next: 'more', results: [] },
    }))
    const place = { scheme: 'https', host: 'registry-1.docker.io', repository: 'me/app' } as const
    await expect(dockerHub.deleteManifest?.(context, place, 'sha256:0')).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
    expect(count()).toBe(limits.pages + 1)
  })

  it('ends the wait for an operation that is never done, and for one that failed', async () => {
    const place = { scheme: 'https', host: 'us-docker.pkg.dev', repository: 'p/r/app' } as const
    const wishes = { create: true, immutableTags: false, scanOnPush: false }
    const endless = answering(({ url }) =>
      url.pathname.endsWith('/r') ? { status: 404, body: {} } : { body: { name: 'operations/1' } },
    )
    await expect(gar.ensure?.(endless.context, place, wishes)).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(endless.count()).toBe(limits.polls + 2)
    const failed = answering(({ url }) =>
      url.pathname.endsWith('/r')
        ? { status: 404, body: {} }
        : { body: { name: 'operations/1', done: true, error: { code: 9, message: 'no quota' } } },
    )
    await expect(gar.ensure?.(failed.context, place, wishes)).rejects.toMatchObject({
      code: 'SERVER_ERROR',
      message: expect.stringContaining('no quota') as string,
    })
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTransport } from '@chartroom/oci'
import { describe, expect, it, onTestFinished } from 'vitest'
import { apiError, callApi, member, parseJson, textMember } from './api.ts'
import type { ProviderContext } from './context.ts'
import { limits } from './limits.ts'
import { sendForSdk } from './sdk-request.ts'

interface Arrived {
  readonly line: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

async function server(
  status: number,
  body: string | Buffer,
): Promise<{ url: URL; arrived: readonly Arrived[]; context: ProviderContext }> {
  const arrived: Arrived[] = []
  const listener = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url, headers } = request
      arrived.push({ line: `${method} ${url}`, headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(status, { 'content-type': 'application/json', 'x-more': ['a', 'b'] }).end(body)
    })
  })
  listener.listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  const transport = createTransport({ retry: { attempts: 1 } })
  onTestFinished(() => {
    transport.close()
    listener.closeAllConnections()
    listener.close()
  })
  const url = new URL(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/x?y=1`)
  return { url, arrived, context: { transport } as ProviderContext }
}

describe("a call of a vendor's interface", () => {
  it('sends and reads JSON', async () => {
    const { url, arrived, context } = await server(201, '{"name":"x","list":[1]}')
    const answer = await callApi(context, { method: 'POST', url, json: { a: 1 }, headers: { 'x-b': 'c' } })
    expect(answer).toMatchObject({ status: 201, body: { name: 'x', list: [1] } })
    expect(arrived).toMatchObject([
      {
        line: 'POST /x?y=1',
        body: '{"a":1}',
        headers: { accept: 'application/json', 'content-type': 'application/json', 'x-b': 'c' },
      },
    ])
  })

  it('takes an answer that is no JSON for one without content', async () => {
    const { url, context } = await server(502, '<html>')
    expect(await callApi(context, { method: 'GET', url })).toMatchObject({ status: 502, body: undefined })
  })

  it('ends at an answer that is too long', async () => {
    const { url, context } = await server(200, Buffer.alloc(limits.answerBytes + 1, 0x20))
    await expect(callApi(context, { method: 'GET', url })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it.each([
    [401, { errors: [{ message: 'no' }] }, 'UNAUTHENTICATED', ': no'],
    [403, { message: 'forbidden' }, 'FORBIDDEN', ': forbidden'],
    [404, undefined, 'NOT_FOUND', 'answered 404'],
    [429, { errors: 'odd' }, 'RATE_LIMITED', 'answered 429'],
    [500, { message: 7 }, 'SERVER_ERROR', 'answered 500'],
    [400, { message: 'x'.repeat(1000) }, 'UNSUPPORTED', 'xxx'],
  ])('that answers %i with %o is %s', (status, body, code, text) => {
    const url = new URL('https://api.example.com/x?token=planted')
    const error = apiError({ status, headers: {}, body }, { method: 'GET', url }, 'Do this.')
    expect(error).toMatchObject({ code, hint: 'Do this.', op: 'GET', origin: 'api.example.com' })
    expect(error.message).toContain(text)
    expect(error.message).not.toContain('planted')
    expect(error.message.length).toBeLessThan(500)
  })

  it('has members that are its own alone', () => {
    expect(member({ a: 1 }, 'a')).toBe(1)
    expect(member({}, 'constructor')).toBeUndefined()
    expect(member(undefined, 'a')).toBeUndefined()
    expect(textMember({ a: 1 }, 'a')).toBeUndefined()
    expect(parseJson(new TextEncoder().encode('{'))).toBeUndefined()
  })
})

describe("a request of a vendor's library", () => {
  it('goes by our transport, which sets its own headers', async () => {
    const { url, arrived, context } = await server(200, 'answer')
    const { status, headers, bytes } = await sendForSdk(context, {
      method: 'PUT',
      url,
      headers: { 'Content-Length': '999', Host: 'elsewhere', 'X-Kept': 'yes' },
      body: 'text',
    })
    expect([status, headers['x-more'], new TextDecoder().decode(bytes)]).toEqual([200, 'a, b', 'answer'])
    expect(arrived).toMatchObject([
      {
        line: 'PUT /x?y=1',
        body: 'text',
        headers: { 'content-length': '4', host: url.host, 'x-kept': 'yes' },
      },
    ])
  })

  it('of a method that is not known is refused', async () => {
    const { url, context } = await server(200, '')
    await expect(sendForSdk(context, { method: 'TRACE', url, headers: {} })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    })
  })

  it('ends at an answer that is too long', async () => {
    const { url, context } = await server(200, Buffer.alloc(limits.answerBytes + 1))
    await expect(sendForSdk(context, { method: 'GET', url, headers: {} })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
  })
})

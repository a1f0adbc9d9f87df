import { get } from 'node:https'
import { connect } from 'node:net'
import { openStore } from '@chartroom/store'
import { send, startRegistry, temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { startServer } from './server.ts'

describe('the server', () => {
  it('names a free port when its own is taken', async () => {
    const { host, store } = await startRegistry()
    const failure = await startServer({ store, addr: host }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'USAGE' })
    const free = /--addr (127\.0\.0\.1:\d+)$/.exec(String((failure as { hint?: string }).hint))?.[1]
    const server = await startServer({ store, addr: free })
    expect(server.host).toBe(free)
    await server.close()
  })

  it.each(['5000', 'localhost', '127.0.0.1:x', '127.0.0.1:70000', 'a b:1', ''])(
    'has no address %j',
    async (addr) => {
      const store = await openStore(temporaryFolder())
      await expect(startServer({ store, addr })).rejects.toMatchObject({ code: 'USAGE' })
      await store.close()
    },
  )

  it('sends no passwords in the clear to others unless told so', async () => {
    const { store } = await startRegistry()
    for (const addr of ['0.0.0.0:0', ':0', '[::]:0']) {
      const options = { store, addr, auth: { htpasswd: '/absent' } }
      await expect(startServer(options)).rejects.toMatchObject({
        code: 'USAGE',
        message: /clear/ as unknown as string,
      })
      await expect(startServer({ ...options, allowInsecure: true })).rejects.toMatchObject({
        code: 'FILE_NOT_FOUND',
      })
    }
    const open = await startServer({ store, addr: '0.0.0.0:0' })
    expect((await send(`http://127.0.0.1:${open.host.split(':')[1]}`, 'GET /v2/')).status).toBe(200)
    await open.close()
  })

  it('speaks TLS with the certificate it is given', async () => {
    const { url } = await startRegistry({ tls: { cert, key } })
    expect(url).toMatch(/^https:/)
    const status = await new Promise((resolve, reject) => {
      get(`${url}/v2/`, { ca: cert, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
    expect(status).toBe(200)
  })

  it('closes a connection that is silent, not one that is slow', async () => {
    const { host, url } = await startRegistry({ idleMs: 150 })
    const [address = '', port = ''] = host.split(':')
    const silent = connect(Number(port), address)
    silent.write('POST /v2/a/blobs/uploads/ HTTP/1.1\r\nHost: x\r\n')
    await new Promise<void>((resolve) => silent.once('close', () => resolve()))
    const started = await send(url, 'POST /v2/a/blobs/uploads/')
    const slow = connect(Number(port), address)
    slow.write(
      `PATCH ${String(started.headers['location'])} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n`,
    )
    for (let sent = 0; sent < 10; sent += 1) {
      await new Promise((resolve) => setTimeout(resolve, 40))
      slow.write('x')
    }
    const answer = await new Promise<string>((resolve) =>
      slow.once('data', (chunk) => resolve(chunk.toString())),
    )
    expect(answer).toMatch(/^HTTP\/1.1 202/)
    slow.destroy()
  })

  it('lets a request end before it closes', async () => {
    const store = await openStore(temporaryFolder())
    const server = await startServer({ store, addr: '127.0.0.1:0' })
    const started = await send(server.url, 'POST /v2/a/blobs/uploads/')
    const [address = '', port = ''] = server.host.split(':')
    const slow = connect(Number(port), address)
    slow.write(
      `PATCH ${String(started.headers['location'])} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nx`,
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    const closed = server.close()
    slow.write('x')
    const answer = await new Promise<string>((resolve) =>
      slow.once('data', (chunk) => resolve(chunk.toString())),
    )
    expect(answer).toMatch(/^HTTP\/1.1 202/)
    await closed
    await store.close()
  })
})

// For 127.0.0.1, self-signed, until 2126.
const cert = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUMn8XGPmzHUdmW/mvrGJNitwnDk0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDExNDkyMloYDzIxMjYxMDMx
MTE0OTIyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATCscPeEkeHSYlicZhSB2Fiwf/+scEy8pRJrhfaQc0fp0TisOj92Voe
ZUIitdV4Qgr0uISOG/X536NR9xTB07gLo28wbTAdBgNVHQ4EFgQUeFGbybyWRJWW
1GEobsb7cxaTQgYwHwYDVR0jBBgwFoAUeFGbybyWRJWW1GEobsb7cxaTQgYwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDRwAwRAIgFKMWfxzB4LV4ZvXy7A0rBKC33y3E+RKT+WkSElNKXw0CIH4t
V5Tv+xS0NFT612Y6yYgpPQ9naFzyAKD3AHE02QlN
-----END CERTIFICATE-----
`
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8VvOhciqi2fmGxtk
5vNxvFn8VbNPXMLmFNwvwwn+eLqhRANCAATCscPeEkeHSYlicZhSB2Fiwf/+scEy
8pRJrhfaQc0fp0TisOj92VoeZUIitdV4Qgr0uISOG/X536NR9xTB07gL
-----END PRIVATE KEY-----
`

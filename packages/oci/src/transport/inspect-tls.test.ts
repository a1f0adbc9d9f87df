import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority, temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { caCertificate } from '../../test/certificates.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import { inspectTls } from './inspect-tls.ts'
import type { TlsOptions } from './tls.ts'

function authority(): TlsOptions {
  const caFile = join(temporaryFolder(), 'ca.pem')
  writeFileSync(caFile, caCertificate)
  return { caFile }
}

describe('inspectTls', () => {
  it('gives the chain of a server that is trusted', async () => {
    const server = await scriptedServer({}, { tls: true })
    const { protocol, distrust, chain } = await inspectTls(new URL(server.url), authority())
    expect({ protocol, distrust }).toEqual({ protocol: 'TLSv1.3', distrust: undefined })
    expect(chain.length).toBeGreaterThan(0)
    expect(chain.every(({ from, until }) => from < until)).toBe(true)
  })

  it('gives it of one that is not trusted too, with the reason', async () => {
    const server = await scriptedServer({}, { tls: true })
    const { distrust, chain } = await inspectTls(new URL(server.url), {})
    expect(distrust).toMatch(/^[A-Z_]+$/)
    expect(chain.length).toBeGreaterThan(0)
  })

  it('gives it of one that is for another name', async () => {
    const made = createAuthority()
    const caFile = join(temporaryFolder(), 'ca.pem')
    writeFileSync(caFile, made.certificate)
    const server = await scriptedServer({}, { tls: true, ...made.certify(['other.test']) })
    const { distrust, chain } = await inspectTls(new URL(server.url), { caFile })
    expect([distrust, chain[0]?.subject]).toEqual(['ERR_TLS_CERT_ALTNAME_INVALID', 'other.test'])
  })

  it('gives what a server shows that wants a certificate of its callers', async () => {
    const server = await scriptedServer({}, { tls: true, requestCert: true, ca: caCertificate })
    expect((await inspectTls(new URL(server.url), authority())).distrust).toBeUndefined()
  })

  it('says that nothing listens, that no TLS is spoken, that nothing comes', async () => {
    const plain = await scriptedServer({})
    for (const port of [1, plain.port])
      await expect(inspectTls(new URL(`https://127.0.0.1:${port}`), {})).rejects.toMatchObject({
        code: 'NETWORK',
      })
    const silent = await import('node:net').then(({ createServer: listen }) =>
      listen(() => undefined).listen(0, '127.0.0.1'),
    )
    await once(silent, 'listening')
    onTestFinished(() => void silent.close())
    const url = new URL(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`)
    await expect(inspectTls(url, { timeout: 200 })).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  it('says that a proxy refuses the connection', async () => {
    const proxy = createServer().on('connect', (_, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n')
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    onTestFinished(() => void proxy.close())
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
    onTestFinished(() => void vi.unstubAllEnvs())
    await expect(inspectTls(new URL('https://registry.test'), { env: process.env })).rejects.toMatchObject({
      code: 'NETWORK',
      message: 'the proxy does not connect to registry.test: it answered 407',
    })
  })
})

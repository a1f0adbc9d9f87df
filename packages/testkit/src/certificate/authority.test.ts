import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAuthority } from './authority.ts'

async function statusOf(names: readonly string[], host: string, until?: Date): Promise<number | string> {
  const authority = createAuthority()
  const server = createServer(authority.certify(names, { until }), (_, response) => response.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, servername: host, ca: authority.certificate, agent: false }
    get(options, (answer) => resolve(answer.resume().statusCode ?? 0)).once(
      'error',
      (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message),
    )
  })
}

describe('a certificate of the authority', () => {
  it.each([
    ['its name', ['registry.test'], 'registry.test', 200],
    ['a name below its star', ['*.dkr.test'], '1.dkr.test', 200],
    ['another name', ['registry.test'], 'other.test', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('for %s is judged by Node as a real one', async (_, names, host, wanted) => {
    expect(await statusOf(names, host)).toBe(wanted)
  })

  it('that has ended is refused', async () => {
    expect(await statusOf(['a.test'], 'a.test', new Date(Date.now() - 60_000))).toBe('CERT_HAS_EXPIRED')
  })

  it('names its issuer, its key and its names', () => {
    const authority = createAuthority('Some CA')
    const root = new X509Certificate(authority.certificate)
    const { cert, key } = authority.certify(['a.test', '*.b.test', '127.0.0.1'])
    const leaf = new X509Certificate(cert)
    expect(root.ca).toBe(true)
    expect(leaf.issuer).toBe('CN=Some CA')
    expect(leaf.subjectAltName).toBe('DNS:a.test, DNS:*.b.test, IP Address:127.0.0.1')
    expect(leaf.verify(root.publicKey) && leaf.checkIssued(root)).toBe(true)
    expect(key).toContain('BEGIN PRIVATE KEY')
  })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority, temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { caCertificate, clientCertificate, clientKey } from '../../test/certificates.ts'
import { scriptedServer } from '../../test/scripted-server.ts'
import type { TransportOptions } from '../index.ts'
import { createTransport } from '../index.ts'
import { discard } from './transport.ts'

async function statusOf(url: string, options: TransportOptions): Promise<number> {
  const transport = createTransport({ retry: { attempts: 1 }, ...options })
  onTestFinished(() => transport.close())
  const response = await transport.request({ method: 'GET', url: new URL(url) })
  discard(response.body)
  return response.status
}

function file(name: string, text: string): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, text)
  return path
}

describe('TLS', () => {
  it('refuses a certificate of nobody known, and says what to do', async () => {
    const server = await scriptedServer({ 'GET /': {} }, { tls: true })
    await expect(statusOf(server.url, {})).rejects.toMatchObject({
      code: 'NETWORK',
      hint: expect.stringContaining('--ca-file') as unknown,
    })
    expect(server.requests).toEqual([])
  })

  it('trusts an authority it is given, by option or by SSL_CERT_FILE', async () => {
    const server = await scriptedServer({ 'GET /': {} }, { tls: true })
    const caFile = file('ca.pem', caCertificate)
    expect(await statusOf(server.url, { caFile })).toBe(200)
    expect(await statusOf(server.url, { env: { SSL_CERT_FILE: caFile } })).toBe(200)
  })

  it('refuses a certificate of another name', async () => {
    const made = createAuthority()
    const server = await scriptedServer({ 'GET /': {} }, { tls: true, ...made.certify(['other.test']) })
    const caFile = file('ca.pem', made.certificate)
    await expect(statusOf(server.url, { caFile })).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('does not match certificate') as unknown,
    })
    expect(server.requests).toEqual([])
  })

  it('asks nobody when it is told to trust everybody', async () => {
    const server = await scriptedServer({ 'GET /': {} }, { tls: true })
    expect(await statusOf(server.url, { insecureSkipTlsVerify: true })).toBe(200)
  })

  it('shows a certificate of its own', async () => {
    const server = await scriptedServer({ 'GET /': {} }, { tls: true, requestCert: true, ca: caCertificate })
    const caFile = file('ca.pem', caCertificate)
    const certFile = file('cert.pem', clientCertificate)
    const keyFile = file('key.pem', clientKey)
    expect(await statusOf(server.url, { caFile, certFile, keyFile })).toBe(200)
    await expect(statusOf(server.url, { caFile })).rejects.toMatchObject({ code: 'NETWORK' })
  })

  it('reads its files only when it is used', async () => {
    const files = { caFile: '/absent/ca.pem', certFile: '/absent/cert.pem', keyFile: '/absent/key.pem' }
    const plain = await scriptedServer({ 'GET /': {} })
    expect(await statusOf(plain.url, files)).toBe(200)
    const server = await scriptedServer({ 'GET /': {} }, { tls: true })
    await expect(statusOf(server.url, files)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      hint: expect.stringContaining('--ca-file') as unknown,
    })
  })

  it('says that the other side speaks plain HTTP', async () => {
    const server = await scriptedServer({ 'GET /': {} })
    await expect(statusOf(`https://${server.host}`, {})).rejects.toMatchObject({
      code: 'NETWORK',
      hint: expect.stringContaining('--plain-http') as unknown,
    })
  })
})

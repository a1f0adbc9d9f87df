import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority } from '@chartroom/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../workspace.ts'
import type { Site } from './site.ts'
import { distribution, good, openSite } from './site.ts'

beforeAll(ensureBuilt)

const authority = createAuthority('Site CA')
const server = authority.certify(['localhost', '127.0.0.1'])
const clients = createAuthority('Client CA')
const client = clients.certify(['somebody'])
const day = 86_400_000

async function siteWithFiles(): Promise<Site> {
  const site = await openSite()
  const files = { 'ca.pem': authority.certificate, 'client.pem': client.cert, 'client.key': client.key }
  for (const [name, text] of Object.entries(files)) await writeFile(join(site.folder, name), text)
  return site
}

describe('a registry with a certificate of a private authority', () => {
  it('is used with --ca-file or SSL_CERT_FILE, and by no other means', async () => {
    const { host } = await distribution({ tls: server })
    const site = await siteWithFiles()
    const publish = ['publish', 'app', '--to', `oci://${host}/team`]
    good(await site.chartroom([...publish, '--ca-file', 'ca.pem']))
    const env = { SSL_CERT_FILE: join(site.folder, 'ca.pem') }
    good(await site.chartroom(['pull', `oci://${host}/team/app`, '--plain-http=false'], { env }))
    const without = await site.chartroom(['versions', `oci://${host}/team/app`, '--plain-http=false'])
    expect([without.code, without.stderr]).toEqual([9, expect.stringContaining('--ca-file')])
  })

  it('is told by doctor: whose certificate it is, until when, and what to do where it is not trusted', async () => {
    const { host } = await distribution({ tls: server })
    const site = await siteWithFiles()
    const trusted = good(await site.chartroom(['doctor', host, '--ca-file', 'ca.pem']))
    expect(trusted).toMatch(
      /ok {7}tls {13}TLSv1\.3, trusted by Node's authorities and --ca-file ca\.pem: localhost < Site CA; until 20/,
    )
    const { code, stdout } = await site.chartroom(['doctor', host, '--plain-http=false'])
    expect(code).toBe(9)
    expect(stdout).toMatch(
      /failure {2}tls {13}the certificate of .* is not trusted\n.*None of Node's authorities stands above it.*\n.*Remedy: .*--ca-file/,
    )
    const insecure = await site.chartroom([
      'doctor',
      host,
      '--insecure-skip-tls-verify',
      '--plain-http=false',
    ])
    expect(insecure.stdout).toMatch(/warning {2}tls .*--insecure-skip-tls-verify takes it/)
  })

  it.each([
    [
      'that has ended',
      { until: new Date(Date.now() - day) },
      9,
      /failure {2}tls .*\n.*Cause: It ended on 20/,
    ],
    [
      'that is to come',
      { from: new Date(Date.now() + day) },
      9,
      /failure {2}tls .*\n.*Cause: It counts from 20/,
    ],
    [
      'that ends soon',
      { until: new Date(Date.now() + 5.5 * day) },
      0,
      /warning {2}tls .* ends in 5 days, on 20/,
    ],
  ])('and a certificate %s is told of', async (_, validity, code, words) => {
    const { host } = await distribution({ tls: authority.certify(['127.0.0.1'], validity) })
    const site = await siteWithFiles()
    const examined = await site.chartroom(['doctor', host, '--ca-file', 'ca.pem'])
    expect([examined.code, examined.stdout]).toEqual([code, expect.stringMatching(words)])
  })

  it('and one for another name is told of', async () => {
    const { host } = await distribution({ tls: authority.certify(['other.test']) })
    const site = await siteWithFiles()
    const { code, stdout } = await site.chartroom(['doctor', host, '--ca-file', 'ca.pem'])
    expect([code, stdout]).toEqual([9, expect.stringMatching(/Cause: It is for other names \(other\.test/)])
  })
})

describe('a registry that wants a certificate of its callers', () => {
  it('takes one of its authority, and says what lacks without', async () => {
    const { host } = await distribution({ tls: { ...server, clientCa: clients.certificate } })
    const site = await siteWithFiles()
    const flags = ['--ca-file', 'ca.pem', '--cert-file', 'client.pem', '--key-file', 'client.key']
    good(await site.chartroom(['publish', 'app', '--to', `oci://${host}/team`, ...flags]))
    good(await site.chartroom(['pull', `oci://${host}/team/app`, ...flags]))
    expect(good(await site.chartroom(['doctor', `oci://${host}/team/app:1.0.0`, ...flags]))).toContain(
      'healthy',
    )
    const without = await site.chartroom(['versions', `oci://${host}/team/app`, '--ca-file', 'ca.pem'])
    expect([without.code, without.stderr]).toEqual([9, expect.stringContaining('--cert-file and --key-file')])
    const examined = await site.chartroom(['doctor', host, '--ca-file', 'ca.pem'])
    expect([examined.code, examined.stdout]).toEqual([
      9,
      expect.stringMatching(/failure .*\n.*--cert-file and --key-file/),
    ])
  })
})

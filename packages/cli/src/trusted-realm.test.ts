import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

const login = ['--username', 'me', '--password', 'secret']

let shop: Workshop
let registry: string
/** Of the token service: another name of this machine stands for another owner's. */
let realm: string
let asked: (string | undefined)[]

beforeEach(async () => {
  shop = await openWorkshop()
  asked = []
  realm = `localhost:${await listen((request, response) => {
    asked.push(request.headers.authorization)
    response.end('{"token":"t"}')
  })}`
  const challenge = `Bearer realm="http://${realm}/token",service="s"`
  registry = `127.0.0.1:${await listen(({ headers }, response) => {
    if (headers.authorization === 'Bearer t') response.end('{"tags":[]}')
    else response.writeHead(401, { 'www-authenticate': challenge }).end()
  })}`
})

afterEach(() => shop.close())

async function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

describe("a token service under another owner's name", () => {
  it('gets no login, and the error says how to allow it', async () => {
    const ended = await shop.chartroom('versions', `oci://${registry}/charts/app`, ...login)
    expect([ended.code, ended.stderr]).toEqual([
      6,
      expect.stringContaining(`allow it: --trusted-realm ${realm}`),
    ])
    expect(asked).toEqual([])
  })

  it('gets it where --trusted-realm names it', async () => {
    const trusting = ['--trusted-realm', 'auth.example.com', '--trusted-realm', realm]
    const ended = await shop.chartroom('versions', `oci://${registry}/charts/app`, ...login, ...trusting)
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining('Warning: a password')])
    expect(asked).toEqual([`Basic ${Buffer.from('me:secret').toString('base64')}`])
  })

  it('gets it where a destination of chartroom.yaml names it', async () => {
    await shop.chart('app', '1.0.0')
    const destination = `- to: oci://${registry}/charts\n  trustedRealms: [${realm}]\n`
    await shop.write('chartroom.yaml', `charts: [app]\ndestinations:\n${destination}`)
    await shop.chartroom('publish', '--plan', ...login)
    expect(asked).toHaveLength(1)
  })
})

import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { needPeer } from '../peers/peers.ts'
import { freePort } from '../registries.ts'
import { Server } from './server.ts'

/** A part of a cluster that runs. */
export interface Running {
  readonly server: Server
  readonly url: string
}

/** The database of a cluster; what it keeps is lost with a crash, which nobody here minds. */
export async function startEtcd(folder: string): Promise<Running> {
  const url = `http://127.0.0.1:${await freePort()}`
  const peer = `http://127.0.0.1:${await freePort()}`
  const server = await Server.start(
    needPeer('etcd-3.6.6'),
    [
      ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'error'],
      ...['--listen-client-urls', url, '--advertise-client-urls', url],
      ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
      ...['--initial-cluster', `default=${peer}`],
    ],
    { log: join(folder, 'etcd.log') },
  )
  return { server, url }
}

export interface ApiServerOptions {
  readonly folder: string
  /** Of the administrator. */
  readonly token: string
  /** The address of etcd. */
  readonly etcd: string
}

/** Its certificate lies in `certificates/apiserver.crt`. */
export async function startApiServer({ folder, token, etcd }: ApiServerOptions): Promise<Running> {
  const port = await freePort()
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const server = await Server.start(
    needPeer('kube-apiserver-1.36.3'),
    [
      ...['--etcd-servers', etcd, '--secure-port', String(port)],
      ...['--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1'],
      ...['--cert-dir', join(folder, 'certificates'), '--service-cluster-ip-range', '10.0.0.0/24'],
      ...['--service-account-signing-key-file', await file('private.pem', privateKey)],
      ...['--service-account-key-file', await file('public.pem', publicKey)],
      ...['--service-account-issuer', 'https://kubernetes.default.svc', '--authorization-mode', 'RBAC'],
      ...['--token-auth-file', await file('tokens.csv', `${token},admin,1,"system:masters"\n`)],
    ],
    { log: join(folder, 'kube-apiserver.log') },
  )
  return { server, url: `https://127.0.0.1:${port}` }
}

/** Waits, at most a minute, until the API says that it is ready. */
export async function untilReady({ server, url }: Running): Promise<void> {
  for (let attempt = 0; attempt < 600 && server.isRunning; attempt++) {
    if (await isReady(url)) return
    await sleep(100)
  }
  throw new Error(`kube-apiserver does not become ready:\n${await server.said()}`)
}

function isReady(url: string): Promise<boolean> {
  return new Promise((fulfil) => {
    // Its certificate is made while it starts; nothing is said to it here.
    const asked = request(`${url}/readyz`, { rejectUnauthorized: false, agent: false }, (response) => {
      response.resume()
      fulfil(response.statusCode === 200)
    })
    asked.once('error', () => fulfil(false)).end()
  })
}

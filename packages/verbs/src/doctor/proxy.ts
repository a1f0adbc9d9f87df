import { connect } from 'node:net'
import { redactUrl } from '@chartroom/errors'
import type { Finding } from './finding.ts'
import { failure, ok } from './finding.ts'
import type { Patient } from './patient.ts'

const milliseconds = 10_000

/** Which proxy stands between here and the registry, and whether it can be reached. */
export async function checkProxy({ url, proxy, connections }: Patient): Promise<Finding> {
  const { env } = connections.environment
  const named = Object.keys(env).filter((name) => /^(?:https?|all)_proxy$/i.test(name) && env[name])
  if (proxy === undefined) {
    if (named.length === 0) return ok('proxy', 'none is set')
    return ok('proxy', `none is used for ${url.host}, although ${named.join(' and ')} is set`, exception(url))
  }
  const shown = redactUrl(proxy).replace(/\/$/, '')
  const problem = await connecting(proxy)
  if (problem === undefined) return ok('proxy', `requests to ${url.host} go by ${shown}`)
  return failure('proxy', `the proxy ${shown} cannot be reached`, {
    code: 'NETWORK',
    cause: `${problem}.`,
    remedy: `Check ${named.join(' and ')}, or name ${url.hostname} in NO_PROXY.`,
  })
}

function exception({ hostname }: URL): string {
  return `NO_PROXY names ${hostname}, or it is this machine, or the variable is for the other scheme.`
}

/** What hinders a connection; undefined when nothing does. */
function connecting({ hostname, port, protocol }: URL): Promise<string | undefined> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80) })
    const end = (problem: string | undefined): void => {
      socket.destroy()
      resolve(problem)
    }
    socket.setTimeout(milliseconds, () => end(`No connection within ${milliseconds / 1000} s`))
    socket.once('connect', () => end(undefined))
    socket.once('error', (error) => end(error.message === '' ? 'No connection' : error.message))
  })
}

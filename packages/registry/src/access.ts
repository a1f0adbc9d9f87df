import { fault } from './error.ts'
import type { Htpasswd } from './htpasswd.ts'
import { limits } from './limits.ts'
import type { RegistryRequest, Reply } from './message.ts'
import { Passwords } from './password.ts'

export interface AccessOptions {
  /** Absent: everybody may do everything. */
  readonly htpasswd?: Htpasswd | undefined
  /** Reading needs no password. */
  readonly anonymousPull: boolean
  readonly readOnly: boolean
}

/** The reply that refuses the request, or undefined. The same rules for `/v2` and `/helm`. */
export type Access = (request: RegistryRequest) => Reply | undefined | Promise<Reply | undefined>

export function createAccess({ htpasswd, anonymousPull, readOnly }: AccessOptions): Access {
  const passwords = htpasswd === undefined ? undefined : new Passwords(htpasswd)

  function refuseUser(request: RegistryRequest): Reply | undefined | Promise<Reply | undefined> {
    if (passwords === undefined) return undefined
    const header = request.header('authorization')
    if (header === undefined) return anonymousPull && mayBeAnonymous(request) ? undefined : challenge
    const credential = parseBasic(header)
    if (credential === undefined) return challenge
    const right = passwords.check(credential.user, credential.password)
    if (typeof right === 'boolean') return right ? undefined : challenge
    return right.then((yes) => (yes ? undefined : challenge))
  }

  return (request) => {
    const refused = refuseUser(request)
    if (!readOnly || isRead(request.method)) return refused
    if (refused instanceof Promise) return refused.then((reply) => reply ?? forReadingOnly)
    return refused ?? forReadingOnly
  }
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

// A ping without a password is refused even so: docker and crane learn from it alone how to log in for a push.
function mayBeAnonymous({ method, path }: RegistryRequest): boolean {
  return isRead(method) && path !== '/v2/' && path !== '/v2' && !path.includes('/blobs/uploads/')
}

function parseBasic(header: string): { user: string; password: string } | undefined {
  if (header.length > limits.authorization || !/^basic /i.test(header)) return undefined
  const text = Buffer.from(header.slice('basic '.length), 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

const challenge: Reply = fault({
  status: 401,
  code: 'UNAUTHORIZED',
  message: 'a valid user name and password are needed',
  headers: { 'www-authenticate': 'Basic realm="chartroom", charset="UTF-8"' },
})

const forReadingOnly: Reply = fault({
  status: 405,
  code: 'UNSUPPORTED',
  message: 'this registry is for reading only',
})

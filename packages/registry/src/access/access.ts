import { fault } from '../error.ts'
import type { Htpasswd } from '../htpasswd.ts'
import { limits } from '../limits.ts'
import type { RegistryRequest, Reply } from '../message.ts'
import { Passwords } from '../password.ts'
import type { AccessRules } from './access-file.ts'
import { anonymous } from './access-file.ts'
import type { Caller } from './caller.ts'
import { everybody } from './caller.ts'

export interface AccessOptions {
  /** Absent: nobody has to say who he is, and nobody can. */
  readonly htpasswd?: Htpasswd | undefined
  /** Reading needs no password. */
  readonly anonymousPull: boolean
  /** Absent: everybody who comes past the password may do everything. */
  readonly rules?: (() => AccessRules) | undefined
  readonly readOnly: boolean
}

type Answered = Caller | Reply

/** Who asks; or a reply that refuses him at once. The same rules for `/v2` and `/helm`. */
export type Access = (request: RegistryRequest) => Answered | Promise<Answered>

export function createAccess({ htpasswd, anonymousPull, rules, readOnly }: AccessOptions): Access {
  const passwords = htpasswd === undefined ? undefined : new Passwords(htpasswd)

  function known(user: string): Caller {
    return rules === undefined ? everybody : callerOf(rules(), user, undefined)
  }

  function unknown(request: RegistryRequest): Answered {
    if (passwords === undefined)
      return rules === undefined ? everybody : callerOf(rules(), anonymous, undefined)
    // A ping without a password is refused in any case: docker and crane learn from it alone how to log in.
    if (isPing(request)) return challenge
    if (rules !== undefined) return callerOf(rules(), anonymous, challenge)
    return anonymousPull && isRead(request.method) && !isUpload(request) ? everybody : challenge
  }

  function identify(request: RegistryRequest): Answered | Promise<Answered> {
    const header = request.header('authorization')
    if (passwords === undefined || header === undefined) return unknown(request)
    const credential = parseBasic(header)
    if (credential === undefined) return challenge
    const { user, password } = credential
    const right = passwords.check(user, password)
    if (typeof right === 'boolean') return right ? known(user) : challenge
    return right.then((yes) => (yes ? known(user) : challenge))
  }

  return (request) => {
    const caller = identify(request)
    if (!readOnly || isRead(request.method)) return caller
    if (caller instanceof Promise) return caller.then(notWriting)
    return notWriting(caller)
  }
}

export function isRefusal(answered: Answered): answered is Reply {
  return 'status' in answered
}

// What anybody may do, somebody who says his name may do too.
function callerOf(rules: AccessRules, user: string, refusal: Reply | undefined): Caller {
  const own = [...(user === anonymous ? [] : (rules.get(user) ?? [])), ...(rules.get(anonymous) ?? [])]
  return {
    name: user,
    readsAll: own.some(({ text, rights }) => text === '**' && rights.has('pull')),
    readsAny: own.some(({ rights }) => rights.has('pull')),
    challenge: refusal,
    may: (right, repository) => own.some(({ matches, rights }) => rights.has(right) && matches(repository)),
  }
}

function notWriting(answered: Answered): Reply {
  return isRefusal(answered) ? answered : forReadingOnly
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function isPing({ path }: RegistryRequest): boolean {
  return path === '/v2/' || path === '/v2'
}

function isUpload({ path }: RegistryRequest): boolean {
  return path.includes('/blobs/uploads/')
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

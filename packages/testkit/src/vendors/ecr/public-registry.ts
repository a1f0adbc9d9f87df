import type { BlobOrigin } from '../blob-origin.ts'
import type { Answer, Service } from '../message.ts'
import { basicOf, bearerOf, json, specError } from '../message.ts'
import { askedOf } from '../route.ts'
import { randomToken, TicketOffice } from '../ticket.ts'
import { answerIn, refusalFor } from './registry.ts'
import type { Aws, Principal } from './world.ts'

const life = 12 * 3_600_000

export interface PublicRegistry {
  readonly service: Service
  expireAll(): void
}

/** `/v2/` and `/token/` of public.ecr.aws: everybody may read, with a token that anybody gets. */
export function createPublicRegistry(aws: Aws, blobs: BlobOrigin): PublicRegistry {
  const tickets = new TicketOffice<Principal | undefined>()

  const token: Service = (call) => {
    const login = basicOf(call)
    const holder = login?.username === 'AWS' ? aws.passwords.valid(login.password)?.holder : undefined
    if (login !== undefined && holder === undefined)
      return specError({
        status: 403,
        code: 'DENIED',
        message: 'Your authorization token has expired. Reauthenticate and try again.',
      })
    return json(200, { token: tickets.issue(randomToken('', 60), { holder, lifeMs: life }) })
  }

  const registry: Service = async (call) => {
    const ticket = tickets.valid(bearerOf(call))
    if (ticket === undefined) return unauthorized
    const asked = askedOf(call)
    const refused =
      ticket.holder === undefined
        ? asked.action === 'pull'
          ? undefined
          : unauthorized
        : refusalFor(ticket.holder, asked, aws.public)
    return refused ?? answerIn({ registry: aws.public, blobs }, call, asked)
  }

  return {
    service: (call) => (call.url.pathname === '/token/' ? token(call) : registry(call)),
    expireAll: () => tickets.expireAll(),
  }
}

const unauthorized: Answer = json(
  401,
  { errors: [{ code: 'DENIED', message: 'Not Authorized' }] },
  { 'www-authenticate': 'Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"' },
)

import type { Caller, Right } from '../access/caller.ts'
import { fault } from '../error.ts'
import type { Reply } from '../message.ts'
import type { NamedRoute } from './route.ts'

/** The right that a request needs. */
export function rightFor(method: string, { kind }: NamedRoute): Right {
  if (kind === 'upload' || kind === 'uploads') return 'push'
  if (method === 'DELETE') return 'delete'
  return method === 'PUT' ? 'push' : 'pull'
}

/**
 * The reply to somebody who lacks a right; undefined where he may not even know what is there, and is to be answered
 * as if nothing were. Depends on the rules alone, never on what is stored.
 */
export function refusal(caller: Caller, right: Right, name: string): Reply | undefined {
  if (caller.challenge !== undefined) return caller.challenge
  if (right === 'pull' || (right === 'delete' && !caller.may('pull', name))) return undefined
  return fault({
    status: 403,
    code: 'DENIED',
    message: `${caller.name} may not ${right} ${verb[right]} ${name}`,
  })
}

const verb = { push: 'to', delete: 'from' } as const

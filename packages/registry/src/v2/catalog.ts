import type { Store } from '@chartroom/store'
import type { Caller } from '../access/caller.ts'
import { limits } from '../limits.ts'
import type { RegistryRequest, Reply } from '../message.ts'
import { isReply, jsonReply, nextLink, parsePage } from './page.ts'

/** GET `/v2/_catalog`: the names of all repositories that the caller may read, at most a page at a time. */
export async function catalogGet(request: RegistryRequest, store: Store, caller: Caller): Promise<Reply> {
  if (caller.challenge !== undefined && !caller.readsAny) return caller.challenge
  const page = parsePage(request)
  if (isReply(page)) return page
  const count = page.count ?? limits.page
  if (count === 0) return jsonReply({ repositories: [] })
  const repositories: string[] = []
  for await (const name of store.repositories({ after: page.last })) {
    if (!caller.may('pull', name)) continue
    if (repositories.length === count) return jsonReply({ repositories }, link(repositories, count))
    repositories.push(name)
  }
  return jsonReply({ repositories })
}

function link(repositories: readonly string[], count: number): Record<string, string> {
  return nextLink('/v2/_catalog', { n: String(count), last: repositories.at(-1) ?? '' })
}

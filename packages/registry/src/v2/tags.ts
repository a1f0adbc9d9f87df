import type { StoreRepository } from '@chartroom/store'
import { fault } from '../error.ts'
import type { RegistryRequest, Reply } from '../message.ts'
import { isReply, jsonReply, nextLink, parsePage } from './page.ts'

/** Answers to whole lists. A list is the same array while nothing changed, so its answer is too. */
export type TagAnswers = WeakMap<readonly string[], Reply>

/** GET `/v2/<name>/tags/list`, all tags or a page of them. */
export function tagsGet(request: RegistryRequest, repository: StoreRepository, answers: TagAnswers): Reply {
  const page = parsePage(request)
  if (isReply(page)) return page
  const tags = repository.tagList()
  if (tags.length === 0 && !repository.isKnown()) {
    return fault({ status: 404, code: 'NAME_UNKNOWN', message: `there is no repository ${repository.name}` })
  }
  if (page.count !== undefined || page.last !== undefined) return pageOf(tags, repository.name, page)
  const reply = answers.get(tags) ?? jsonReply({ name: repository.name, tags })
  // All empty lists are one.
  if (tags.length > 0) answers.set(tags, reply)
  return reply
}

function pageOf(
  tags: readonly string[],
  name: string,
  { count = tags.length, last }: { count: number | undefined; last: string | undefined },
): Reply {
  const start = last === undefined ? 0 : firstAfter(tags, last)
  const shown = tags.slice(start, start + count)
  const end = shown.at(-1)
  const more = end !== undefined && start + count < tags.length
  return jsonReply(
    { name, tags: shown },
    more ? nextLink(`/v2/${name}/tags/list`, { n: String(count), last: end }) : {},
  )
}

function firstAfter(tags: readonly string[], last: string): number {
  let low = 0
  let high = tags.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tags[middle] ?? '') <= last) low = middle + 1
    else high = middle
  }
  return low
}

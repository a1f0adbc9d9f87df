import type { Entry } from '../ledger.ts'
import type { Answer, Call } from '../message.ts'
import { json, jsonOf, specError } from '../message.ts'
import type { Needed } from './need.ts'
import { disallowed } from './need.ts'
import type { Azure, Lock } from './world.ts'

const pattern = /^\/acr\/v1\/(.+?)(?:\/(_tags|_manifests)(?:\/([^/]+))?)?$/

/** What `/acr/v1` asks of a token. */
export function scopeOfApi({ method, url }: Call): Needed {
  if (url.pathname === '/acr/v1/_catalog') return { type: 'registry', name: 'catalog', actions: ['*'] }
  const [, name = ''] = pattern.exec(url.pathname) ?? []
  const action = method === 'GET' ? 'metadata_read' : method === 'DELETE' ? 'delete' : 'metadata_write'
  return { type: 'repository', name: decodeURIComponent(name), actions: [action] }
}

/** `/acr/v1`, version 2021-07-01. */
export async function apiAnswer(azure: Azure, call: Call): Promise<Answer> {
  const { ledger } = azure.core
  if (call.url.pathname === '/acr/v1/_catalog') return json(200, { repositories: ledger.repositories() })
  const [, path = '', noun, reference] = pattern.exec(decodeURIComponent(call.url.pathname)) ?? []
  const entries = ledger.entries(path)
  if (entries.length === 0)
    return specError({ status: 404, code: 'NAME_UNKNOWN', message: 'repository name not known to registry' })
  if (noun === undefined) return repositoryAnswer(azure, call, path)
  if (reference === undefined) {
    const head = { registry: azure.host, imageName: path }
    if (noun === '_manifests')
      return json(200, { ...head, manifests: entries.map((entry) => manifestOf(entry)) })
    return json(200, {
      ...head,
      tags: sorted(entries, call).map(({ tag, entry }) => tagOf(azure, entry, tag)),
    })
  }
  const entry = ledger.find(path, reference)
  if (entry === undefined)
    return specError({ status: 404, code: 'MANIFEST_UNKNOWN', message: `${reference} is not found` })
  if (noun === '_manifests')
    return json(200, { registry: azure.host, imageName: path, manifest: manifestOf(entry) })
  return tagAnswer(azure, call, { entry, tag: reference })
}

async function repositoryAnswer(azure: Azure, call: Call, path: string): Promise<Answer> {
  const entries = azure.core.ledger.entries(path)
  const tags = azure.core.ledger.tags(path)
  if (call.method !== 'DELETE')
    return json(200, {
      registry: azure.host,
      imageName: path,
      manifestCount: entries.length,
      tagCount: tags.length,
    })
  const manifests = entries.map(({ digest }) => digest)
  for (const digest of manifests) await azure.core.remove(path, digest)
  return json(202, { manifestsDeleted: manifests, tagsDeleted: tags })
}

async function tagAnswer(
  azure: Azure,
  call: Call,
  { entry, tag }: { entry: Entry; tag: string },
): Promise<Answer> {
  const key = `${entry.repository}:${tag}`
  if (call.method === 'PATCH') {
    const attributes = (await jsonOf(call)) as Partial<Lock>
    azure.locks.set(key, { ...(azure.locks.get(key) ?? open), ...attributes })
  }
  if (call.method === 'DELETE') {
    if (azure.locks.get(key)?.deleteEnabled === false) return disallowed
    await azure.core.remove(entry.repository, tag)
    return { status: 202 }
  }
  return json(200, { registry: azure.host, imageName: entry.repository, tag: tagOf(azure, entry, tag) })
}

const open: Lock = { writeEnabled: true, deleteEnabled: true }

function sorted(entries: readonly Entry[], { url }: Call): { tag: string; entry: Entry }[] {
  const digest = url.searchParams.get('digest')
  const all = entries
    .filter((entry) => digest === null || entry.digest === digest)
    .flatMap((entry) => entry.tags.map((tag) => ({ tag, entry })))
  const order = url.searchParams.get('orderby')
  if (order === 'timedesc') return all.reverse()
  return order === 'timeasc' ? all : all.sort((a, b) => (a.tag < b.tag ? -1 : 1))
}

function tagOf({ locks }: Azure, { repository, digest, pushedAt }: Entry, name: string): object {
  const at = new Date(pushedAt).toISOString()
  const lock = locks.get(`${repository}:${name}`) ?? open
  return {
    name,
    digest,
    createdTime: at,
    lastUpdateTime: at,
    signed: false,
    changeableAttributes: { ...lock, readEnabled: true, listEnabled: true },
  }
}

function manifestOf({ digest, totalSize, pushedAt, mediaType, tags }: Entry): object {
  const at = new Date(pushedAt).toISOString()
  return {
    digest,
    imageSize: totalSize,
    createdTime: at,
    lastUpdateTime: at,
    mediaType,
    ...(tags.length === 0 ? {} : { tags }),
    changeableAttributes: { ...open, readEnabled: true, listEnabled: true },
  }
}

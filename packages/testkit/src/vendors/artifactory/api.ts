import type { Entry } from '../ledger.ts'
import type { Answer, Call } from '../message.ts'
import { basicOf, bearerOf, json, jsonOf, text, textOf } from '../message.ts'
import type { Jfrog, JfrogUser } from './world.ts'
import { keyOf, may, userOf } from './world.ts'

/** `/artifactory`: repositories, the tree of files behind them, and its search. */
export async function apiAnswer(jfrog: Jfrog, call: Call): Promise<Answer> {
  const path = decodeURIComponent(call.url.pathname).replace(/^\/artifactory/, '')
  if (path === '/api/system/ping') return text(200, 'OK')
  const bearer = bearerOf(call)
  const user = userOf(jfrog, basicOf(call)) ?? jfrog.users.find(({ password }) => password === bearer)
  if (user === undefined) return failure(401, 'Bad credentials')
  const [, key] = /^\/api\/repositories(?:\/([^/]+))?$/.exec(path) ?? []
  if (path.startsWith('/api/repositories')) return repositories(jfrog, call, { user, key })
  if (path === '/api/search/aql') return search(jfrog, call)
  if (path.startsWith('/api/storage/')) return storage(jfrog, user, path.slice('/api/storage/'.length))
  if (call.method === 'DELETE') return remove(jfrog, user, path.slice(1))
  return failure(404, 'Not Found')
}

async function repositories(
  jfrog: Jfrog,
  call: Call,
  { user, key }: { user: JfrogUser; key: string | undefined },
): Promise<Answer> {
  if (key === undefined) {
    const type = call.url.searchParams.get('packageType')
    const all = [...jfrog.repositories].filter(([, { packageType }]) => type === null || packageType === type)
    return json(
      200,
      all.map(([one, { packageType, rclass }]) => ({ key: one, type: rclass.toUpperCase(), packageType })),
    )
  }
  const found = jfrog.repositories.get(key)
  if (call.method === 'GET')
    return found === undefined ? failure(400, 'Bad Request') : json(200, { key, ...found })
  if (!user.isAdmin) return failure(403, 'Forbidden')
  if (call.method === 'PUT') {
    const given = await jsonOf(call)
    jfrog.repositories.set(key, { packageType: textOf(given, 'packageType') ?? 'generic', rclass: 'local' })
    return text(200, `Successfully created repository '${key}'\n`)
  }
  jfrog.repositories.delete(key)
  return text(200, `Repository '${key}' and all its content have been removed successfully.`)
}

/** A tag is a folder below its image. */
function storage(jfrog: Jfrog, user: JfrogUser, path: string): Answer {
  if (!may(user, keyOf(path), 'read')) return failure(403, 'Forbidden')
  const folders = foldersBelow(jfrog, path)
  if (folders.length === 0) return failure(404, 'Unable to find item')
  const [first] = folders
  const at = new Date(first?.entry.pushedAt ?? 0).toISOString()
  const children = new Set(
    folders.map((one) => one.path.slice(path.length + 1).split('/')[0]).filter(Boolean),
  )
  const names = children.size === 0 ? ['manifest.json'] : [...children]
  return json(200, {
    repo: keyOf(path),
    path: path.slice(keyOf(path).length),
    created: at,
    lastModified: at,
    children: names.map((name) => ({ uri: `/${name}`, folder: children.size > 0 })),
    uri: `https://${jfrog.host}/artifactory/api/storage/${path}`,
  })
}

async function search(jfrog: Jfrog, call: Call): Promise<Answer> {
  const query = (await call.body()).toString('utf8')
  const [, repo] = /"repo"\s*:\s*"([^"]+)"/.exec(query) ?? []
  const folders = foldersBelow(jfrog, repo ?? '')
  const results = folders.map(({ path, entry }) => ({
    path: path.slice((repo ?? '').length + 1),
    name: 'manifest.json',
    created: new Date(entry.pushedAt).toISOString(),
    modified: new Date(entry.pushedAt).toISOString(),
    sha256: entry.digest.replace('sha256:', ''),
    size: entry.size,
  }))
  return json(200, { results, range: { start_pos: 0, end_pos: results.length, total: results.length } })
}

async function remove(jfrog: Jfrog, user: JfrogUser, path: string): Promise<Answer> {
  if (!may(user, keyOf(path), 'delete')) return failure(403, 'Forbidden')
  const folders = foldersBelow(jfrog, path)
  if (folders.length === 0) return failure(404, `Could not locate artifact '${path}'`)
  for (const { entry, tag } of folders) {
    const last = entry.tags.length === 1
    await jfrog.core.remove(entry.repository, last ? entry.digest : tag)
  }
  return { status: 204 }
}

function foldersBelow({ core }: Jfrog, path: string): { path: string; tag: string; entry: Entry }[] {
  const all = core.ledger
    .repositories()
    .flatMap((repository) => core.ledger.entries(repository))
    .flatMap((entry) => entry.tags.map((tag) => ({ path: `${entry.repository}/${tag}`, tag, entry })))
  return all.filter((one) => one.path === path || one.path.startsWith(`${path}/`))
}

function failure(status: number, message: string): Answer {
  return json(status, { errors: [{ status, message }] })
}

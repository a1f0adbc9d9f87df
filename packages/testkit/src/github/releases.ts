import type { Answer } from './answer.ts'
import { invalid, notFound, problem } from './answer.ts'
import type { Call } from './call.ts'
import type { ReleaseStore, StoredRelease } from './release.ts'
import { releaseView } from './view.ts'

const page = '/releases/releases'

/** `GET /releases`: newest first, in pages. Drafts are shown to those who may write. */
export function listReleases({ store, query, view, mayWrite, path }: Call): Answer {
  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const number = Number(query.get('page') ?? 1)
  const shown = store.releases.filter(({ draft }) => !draft || mayWrite)
  const rest = shown.slice((number - 1) * size)
  const next = `<${view.apiUrl}${path}?per_page=${size}&page=${number + 1}>; rel="next"`
  return {
    status: 200,
    headers: rest.length > size ? { link: next } : {},
    body: rest.slice(0, size).map((release) => releaseView(release, view)),
  }
}

export function releaseByTag({ store, view }: Call, tag: string): Answer {
  const release = store.published(tag)
  if (release === undefined) return notFound(`${page}#get-a-release-by-tag-name`)
  return { status: 200, body: releaseView(release, view) }
}

export function createRelease(call: Call): Answer {
  const { store, json, view } = call
  const tag = json['tag_name']
  const document = `${page}#create-a-release`
  if (typeof tag !== 'string' || tag === '')
    return invalid(document, { resource: 'Release', code: 'missing_field', field: 'tag_name' })
  // Drafts may be many for one tag.
  if (json['draft'] !== true && store.published(tag) !== undefined) return exists(document)
  const release = store.create(tag)
  return { status: 201, ...changed(call, release, view) }
}

export function updateRelease(call: Call, id: number): Answer {
  const { store, json, view } = call
  const document = `${page}#update-a-release`
  const release = store.releases.find((one) => one.id === id)
  if (release === undefined) return notFound(document)
  const tag = typeof json['tag_name'] === 'string' ? json['tag_name'] : release.tag
  const other = store.published(tag)
  const publishes = json['draft'] === false || !release.draft
  if (publishes && other !== undefined && other !== release) return exists(document)
  return { status: 200, ...changed(call, release, view) }
}

export function deleteRelease({ store }: Call, id: number): Answer {
  const release = store.releases.find((one) => one.id === id)
  if (release === undefined) return notFound(`${page}#delete-a-release`)
  store.remove(release)
  return { status: 204 }
}

/** `GET /git/ref/tags/TAG`. */
export function tagReference({ store, view }: Call, tag: string): Answer {
  const sha = store.tags.get(tag)
  if (sha === undefined) return notFound('/git/refs#get-a-reference')
  const url = `${view.apiUrl}/repos/${view.repository}/git/refs/tags/${tag}`
  return { status: 200, body: { ref: `refs/tags/${tag}`, url, object: { type: 'commit', sha } } }
}

function changed(
  { json, store, closes }: Call,
  release: StoredRelease,
  view: Call['view'],
): Pick<Answer, 'body'> {
  if (typeof json['tag_name'] === 'string') release.tag = json['tag_name']
  if (typeof json['target_commitish'] === 'string') release.target = json['target_commitish']
  if (typeof json['name'] === 'string') release.name = json['name']
  if (typeof json['body'] === 'string') release.body = json['body']
  if (typeof json['make_latest'] === 'string') release.makeLatest = json['make_latest']
  if (typeof json['prerelease'] === 'boolean') release.prerelease = json['prerelease']
  if (typeof json['draft'] === 'boolean') release.draft = json['draft']
  if (!release.draft) publishTag(store, release)
  if (!release.draft && closes) release.immutable = true
  return { body: releaseView(release, view) }
}

// GitHub makes the tag where there is none, on the target branch.
function publishTag(store: ReleaseStore, { tag, target }: StoredRelease): void {
  if (!store.tags.has(tag)) store.tags.set(tag, target)
}

function exists(document: string): Answer {
  return invalid(document, { resource: 'Release', code: 'already_exists', field: 'tag_name' })
}

/** A 422 that no field is to blame for. */
export function closed(document: string): Answer {
  return problem(422, 'Cannot upload assets to an immutable release.', document)
}

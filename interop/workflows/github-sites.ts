import type { StartedGitHub } from '@chartroom/testkit/github'
import type { Answer, Call, Service, Site } from '@chartroom/testkit/vendors'

const api = 'api.github.com'
const uploads = 'uploads.github.com'
const assets = 'release-assets.githubusercontent.com'

export interface GitHubSiteOptions {
  readonly github: StartedGitHub
  /** What api.github.com answers besides. */
  readonly others: Service
  /** Answers a request itself, as a server that is in trouble does. */
  readonly fault: (call: Call) => Answer | undefined
}

/**
 * The releases of a GitHub on this machine under the real names; what else api.github.com is asked for goes to
 * `others`, which knows packages.
 */
export function githubSites({ github, others, fault }: GitHubSiteOptions): Site[] {
  const released = forward(github, github.url)
  const toUploads = forward(github, `${github.url}/uploads`)
  return [
    {
      host: api,
      service(call) {
        const trouble = fault(call)
        if (trouble !== undefined) return trouble
        if (call.url.pathname === '/graphql') return graphql(github, call)
        return call.url.pathname.startsWith('/repos/') ? released(call) : others(call)
      },
    },
    { host: uploads, service: (call) => fault(call) ?? toUploads(call) },
    { host: assets, service: forward(github, github.storageUrl) },
  ]
}

/** What `gh release` asks besides: whether a draft waits for the tag, and whether the tag is there. */
async function graphql(github: StartedGitHub, call: Call): Promise<Answer> {
  const asked = JSON.parse((await call.body()).toString('utf8')) as {
    readonly query: string
    readonly variables: { readonly tagName?: string }
  }
  const tag = asked.variables.tagName?.replace(/^refs\/tags\//, '') ?? ''
  const ref = github.store.tags.has(tag) ? { id: 'REF_1' } : null
  if (asked.query.includes('release(tagName:')) return found({ release: null })
  if (asked.query.includes('ref(qualifiedName:')) return found({ ref })
  return { status: 400, body: JSON.stringify({ message: `not known here: ${asked.query}` }) }
}

function found(repository: object): Answer {
  const headers = { 'content-type': 'application/json' }
  return { status: 200, headers, body: JSON.stringify({ data: { repository } }) }
}

function forward(github: StartedGitHub, to: string): Service {
  return async (call: Call) => {
    const { host: _, connection: __, 'content-length': ___, ...headers } = call.headers
    const bytes = await call.body()
    const answer = await fetch(`${to}${call.url.pathname}${call.url.search}`, {
      method: call.method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      redirect: 'manual',
      ...(bytes.length > 0 ? { body: new Uint8Array(bytes) } : {}),
    })
    const kept = [...answer.headers].filter(
      ([name]) => !['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'].includes(name),
    )
    const body = Buffer.from(await answer.arrayBuffer())
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    return {
      status: answer.status,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, named(github, value)])),
      body: isJson ? named(github, body.toString('utf8')) : body,
    }
  }
}

/** Addresses of this machine as GitHub would say them. */
function named({ url, storageUrl }: StartedGitHub, text: string): string {
  return text
    .replaceAll(`${url}/uploads/`, `https://${uploads}/`)
    .replaceAll(`${url}/repos/`, `https://${api}/repos/`)
    .replaceAll(storageUrl, `https://${assets}`)
    .replaceAll(url, 'https://github.com')
}

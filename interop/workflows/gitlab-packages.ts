import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** The Helm packages of one project at a GitLab on this machine (packages API, Helm). */
export interface GitLabPackages {
  /** `CI_API_V4_URL` */
  readonly apiUrl: string
  /** Archives by their names. */
  readonly archives: ReadonlyMap<string, Buffer>
  /** `METHOD /path` of all requests. */
  readonly seen: readonly string[]
  close(): Promise<void>
}

export async function startGitLabPackages({
  project,
  token,
}: {
  readonly project: string
  readonly token: string
}): Promise<GitLabPackages> {
  const archives = new Map<string, Buffer>()
  const seen: string[] = []
  const folder = `/api/v4/projects/${project}/packages/helm`
  const answer = async (request: IncomingMessage): Promise<[number, Buffer | string]> => {
    const { method = 'GET', url = '/', headers } = request
    seen.push(`${method} ${url}`)
    const body = await buffer(request)
    if (headers['job-token'] !== token) return [401, '{"message":"401 Unauthorized"}']
    if (method === 'POST' && url === `${folder}/api/stable/charts`) {
      const type = headers['content-type'] ?? ''
      const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
      const file = form.get('chart')
      if (!(file instanceof File)) return [400, '{"error":"chart is missing"}']
      archives.set(file.name, Buffer.from(await file.arrayBuffer()))
      return [201, '{"message":"201 Created"}']
    }
    const archive = archives.get(url.replace(`${folder}/stable/charts/`, ''))
    return method === 'GET' && archive !== undefined ? [200, archive] : [404, '{"message":"404 Not Found"}']
  }
  const server = createServer((request, response) => {
    answer(request).then(
      ([status, body]) => response.writeHead(status).end(body),
      (error: unknown) => response.destroy(error as Error),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`,
    archives,
    seen,
    async close() {
      const closed = once(server, 'close')
      server.closeAllConnections()
      server.close()
      await closed
    },
  }
}

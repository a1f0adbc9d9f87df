import { execFile, spawn } from 'node:child_process'
import type { Answer, Call, Service } from '@chartroom/testkit/vendors'

export interface GitSiteOptions {
  /** Folder of bare repositories, `OWNER/NAME.git`. */
  readonly root: string
  /** Whether reading asks for a token, too. */
  readonly isPrivate: boolean
  /** What a token may do with contents; undefined for one that nobody gave out. */
  accessOf(token: string): 'none' | 'read' | 'write' | undefined
  /** Answers a request itself, as a server that is in trouble does. */
  fault?(call: Call): Answer | undefined
}

/** Git repositories over HTTP, by git's own program: reading public ones is for everybody, all else for tokens. */
export function gitSite(options: GitSiteOptions): Service {
  return async (call) => {
    const [, path = '', rest = ''] =
      /^\/([^/]+\/[^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/.exec(
        call.url.pathname,
      ) ?? []
    if (rest === '') return { status: 404, body: 'Not Found' }
    const trouble = options.fault?.(call)
    if (trouble !== undefined) return trouble
    const [, encoded] = /^basic (.+)$/i.exec(call.headers.authorization ?? '') ?? []
    const token =
      encoded &&
      Buffer.from(encoded, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '')
    const access = token === undefined ? 'none' : options.accessOf(token)
    const pushes = rest === '/git-receive-pack' || call.url.searchParams.get('service') === 'git-receive-pack'
    if (access === undefined || ((pushes || options.isPrivate) && token === undefined))
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="GitHub"' }, body: 'Bad credentials' }
    // It does not say that there is one.
    if (options.isPrivate && access === 'none') return { status: 404, body: 'Repository not found.' }
    if (pushes && access !== 'write')
      return { status: 403, body: 'Permission to the repository denied to github-actions[bot].' }
    // Names of repositories count in any case.
    return backend(call, {
      root: options.root,
      path: `/${path.toLowerCase()}.git${rest}`,
      user: pushes ? 'git' : '',
    })
  }
}

/** GitHub Pages of a branch: its files as they are. */
export function pagesSite(repository: string, folder: string): Service {
  return async ({ url }) => {
    const path = url.pathname.replace(new RegExp(`^/${folder}/`, 'i'), '')
    const body = await fileOfBranch(repository, 'gh-pages', path)
    return body === undefined ? { status: 404, body: 'not here' } : { status: 200, body }
  }
}

/** A file of a branch; undefined where there is none. */
export function fileOfBranch(repository: string, branch: string, path: string): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const options = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const
    execFile('git', ['-C', repository, 'show', `${branch}:${path}`], options, (error, stdout) =>
      resolve(error === null ? stdout : undefined),
    )
  })
}

interface Asked {
  readonly root: string
  readonly path: string
  readonly user: string
}

async function backend(call: Call, { root, path, user }: Asked): Promise<Answer> {
  const body = await call.body()
  const { 'content-type': type, 'content-encoding': encoding, 'git-protocol': protocol } = call.headers
  const env = {
    PATH: process.env['PATH'],
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    REQUEST_METHOD: call.method,
    QUERY_STRING: call.url.search.slice(1),
    CONTENT_TYPE: type ?? '',
    CONTENT_LENGTH: String(body.length),
    ...(user === '' ? {} : { REMOTE_USER: user }),
    ...(encoding === undefined ? {} : { HTTP_CONTENT_ENCODING: encoding }),
    ...(typeof protocol === 'string' ? { GIT_PROTOCOL: protocol } : {}),
  }
  return answerOf(await output(env, body))
}

function output(env: Readonly<Record<string, string | undefined>>, input: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', () => resolve(Buffer.concat(chunks)))
    // What is refused early is not read to its end.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' || reject(error))
    child.stdin.end(input)
  })
}

/** A CGI answer: headers, among them `Status`, an empty line, the body. */
function answerOf(output: Buffer): Answer {
  const end = output.indexOf('\r\n\r\n')
  const headers: Record<string, string> = {}
  for (const line of output.subarray(0, end).toString('utf8').split('\r\n')) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const { status = '200', ...rest } = headers
  return { status: Number.parseInt(status, 10), headers: rest, body: output.subarray(end + 4) }
}

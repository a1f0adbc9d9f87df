import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Answer, Work } from './work.ts'

const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>'
/** Scripts of this page alone, and none that makes code out of text. */
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'"
const longest = 90_000

/** Runs the script in a headless Chromium: it gets `work` and posts its answers. */
export async function renderInBrowser(
  chromium: string,
  { script, work }: { script: string; work: readonly Work[] },
): Promise<Answer[]> {
  const profile = await mkdtemp(join(tmpdir(), 'chartroom-chromium-'))
  const server = createServer()
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil))
  const { port } = server.address() as AddressInfo
  const answers = new Promise<Answer[]>((fulfil, reject) => {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (request.url !== '/answers') return send(response, contentOf(request.url, { script, work }))
      text(request).then((body) => {
        response.writeHead(204).end()
        fulfil(JSON.parse(body) as Answer[])
      }, reject)
    })
  })
  const browser = spawn(chromium, [...flags(profile), `http://127.0.0.1:${port}/`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const said = text(browser.stderr)
  const ended = new Promise<number | null>((fulfil) => browser.once('close', fulfil))
  const limit = AbortSignal.timeout(longest)
  const noAnswer = new Promise<never>((_, reject) => {
    const fail = async (): Promise<void> => reject(new Error(`Chromium gave no answer:\n${await said}`))
    void ended.then(fail)
    limit.addEventListener('abort', () => stop(browser.pid))
  })
  try {
    return await Promise.race([answers, noAnswer])
  } finally {
    stop(browser.pid)
    await ended
    server.closeAllConnections()
    server.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

interface Content {
  readonly type: string
  readonly body: string
}

function contentOf(
  url: string | undefined,
  { script, work }: { script: string; work: readonly Work[] },
): Content | undefined {
  if (url === '/') return { type: 'text/html', body: page }
  if (url === '/page.js') return { type: 'text/javascript', body: script }
  if (url === '/work') return { type: 'application/json', body: JSON.stringify(work) }
  return undefined
}

function send(response: ServerResponse, content: Content | undefined): void {
  if (content === undefined) response.writeHead(404).end()
  else
    response
      .writeHead(200, { 'content-type': content.type, 'content-security-policy': policy })
      .end(content.body)
}

function flags(profile: string): string[] {
  return [
    '--headless',
    // A container gives Chromium no sandbox of its own; the page is ours.
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-proxy-server',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    `--user-data-dir=${profile}`,
  ]
}

/** Ends the browser and the processes it started, which are a group of their own. */
function stop(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startRegistry, temporaryFolder } from '@chartroom/testkit'
import { startGitHub } from '@chartroom/testkit/github'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let dist = ''

beforeAll(async () => {
  dist = join(mkdtempSync(join(tmpdir(), 'chartroom-action-')), 'dist')
  const module = (await import(join(root, 'tools', 'action-dist.mjs'))) as {
    buildAction(dir: string): Promise<void>
  }
  await module.buildAction(dist)
})

afterAll(() => rmSync(dirname(dist), { recursive: true, force: true }))

type Names = Readonly<Record<string, string>>

/** The folder of a checked-out repository with one chart. */
function workspace(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'app', 'templates'), { recursive: true })
  writeFileSync(join(folder, 'app', 'Chart.yaml'), 'apiVersion: v2\nname: app\nversion: 0.3.0\n')
  writeFileSync(join(folder, 'app', 'values.yaml'), 'colour: red\n')
  writeFileSync(
    join(folder, 'app', 'templates', 'config.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  colour: {{ .Values.colour }}\n',
  )
  return folder
}

interface Step {
  readonly code: number | null
  readonly log: string
  readonly outputs: string
  readonly summary: string
}

type OnLog = (log: string, kill: () => void, child: ChildProcess) => void

/** Runs the bundle as the runner does. `onLog` may end the process. */
async function step(cwd: string, env: Names, onLog?: OnLog): Promise<Step> {
  const files = temporaryFolder()
  const [outputs, summary] = [join(files, 'outputs'), join(files, 'summary')]
  for (const path of [outputs, summary]) writeFileSync(path, '')
  const child = spawn(process.execPath, [join(dist, 'main.cjs')], {
    cwd,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: files,
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'octocat',
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      ...env,
    },
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      log += part.toString()
      onLog?.(log, () => void child.kill('SIGINT'), child)
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, log, outputs: readFileSync(outputs, 'utf8'), summary: readFileSync(summary, 'utf8') }
}

/** A GitHub, a registry, and what a job on a tag finds in its environment. */
async function jobOnTag() {
  const github = await startGitHub({ tags: ['chart-v0.3.0'] })
  onTestFinished(() => github.close())
  const { host } = await startRegistry()
  const job = {
    GITHUB_SERVER_URL: github.url,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REF_TYPE: 'tag',
    GITHUB_REF_NAME: 'chart-v0.3.0',
    INPUT_TOKEN: github.token,
  }
  return { github, host, job }
}

describe('the bundle', () => {
  it('publishes, releases and verifies, as steps of a job on a tag do', async () => {
    const { github, host, job } = await jobOnTag()
    const folder = workspace()
    const published = await step(folder, {
      ...job,
      INPUT_CHARTS: 'app',
      INPUT_DESTINATIONS: `oci://${host}/charts\n./site`,
      'INPUT_GITHUB-RELEASE': 'true',
    })
    expect(published.log).not.toContain('::error')
    expect(published.code).toBe(0)
    expect(github.store.releases).toMatchObject([{ draft: false, assets: [{ name: 'app-0.3.0.tgz' }] }])
    const [, digest = ''] = /^digest<<.*\n(sha256:[0-9a-f]{64})$/m.exec(published.outputs) ?? []
    const verified = await step(folder, {
      ...job,
      INPUT_COMMAND: 'verify',
      INPUT_REFERENCE: `oci://${host}/charts/app:0.3.0`,
      INPUT_DIGEST: digest,
    })
    expect(verified.code).toBe(0)
    const checked = await step(folder, { ...job, INPUT_COMMAND: 'check', INPUT_CHARTS: 'app' })
    expect(checked.code).toBe(0)
    for (const { log, outputs, summary } of [published, verified, checked]) {
      const visible = log.replace(/^::add-mask::.*$/gm, '')
      const basic = Buffer.from(`octocat:${github.token}`).toString('base64').replace(/=+$/, '')
      for (const form of [github.token, basic]) expect(visible + outputs + summary).not.toContain(form)
      expect(summary).toContain('### ')
    }
  })

  it('that is killed at any moment leaves what the next run completes', async () => {
    const { github, host, job } = await jobOnTag()
    const folder = workspace()
    const run = {
      ...job,
      INPUT_CHARTS: 'app',
      INPUT_DESTINATIONS: `oci://${host}/charts\n./site`,
      'INPUT_GITHUB-RELEASE': 'true',
    }
    // A request of each kind is the last of a run.
    const moments = [
      /GET .*tags/,
      /POST .*octo\/charts\/releases$/,
      /GET .*assets$/,
      /POST \/uploads/,
      /PATCH/,
    ]
    for (const when of moments) {
      const stop: { kill?: () => void } = {}
      github.fault({ when, kind: 'before', act: () => stop.kill?.() })
      const killed = await step(folder, run, (_log, _kill, child) => {
        stop.kill = () => void child.kill('SIGKILL')
      })
      expect(killed.code).toBeNull()
    }
    const last = await step(folder, run)
    expect(last.log).not.toContain('::error')
    expect(last.code).toBe(0)
    expect(github.store.releases).toMatchObject([
      { tag: 'chart-v0.3.0', draft: false, assets: [{ name: 'app-0.3.0.tgz', state: 'uploaded' }] },
    ])
  })

  it('gives programs that it starts no input, and the token under the one name that they look for', async () => {
    const folder = workspace()
    const programs = temporaryFolder()
    const seen = join(programs, 'seen')
    const script = `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify([process.argv, process.env]))\nprocess.exit(1)\n`
    writeFileSync(join(programs, 'git'), script)
    chmodSync(join(programs, 'git'), 0o755)
    const { code } = await step(folder, {
      PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
      INPUT_TOKEN: 'ghs_secret-token',
      INPUT_CHARTS: 'app',
      INPUT_DESTINATIONS: './site',
    })
    expect(code).toBe(0)
    const [argv, env] = JSON.parse(readFileSync(seen, 'utf8')) as [string[], Record<string, string>]
    expect(argv.join(' ')).not.toContain('ghs_secret-token')
    expect(Object.keys(env).filter((name) => name.startsWith('INPUT_'))).toEqual([])
    expect(Object.keys(env).filter((name) => env[name]?.includes('ghs_secret-token'))).toEqual([
      'GITHUB_TOKEN',
    ])
  })

  it('stops when the job is cancelled, and says so', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    onTestFinished(() => {
      silent.closeAllConnections()
      silent.close()
    })
    const { port } = silent.address() as AddressInfo
    let asked = false
    const ended = await step(
      workspace(),
      { INPUT_CHARTS: 'app', INPUT_DESTINATIONS: `oci://127.0.0.1:${port}/charts` },
      (log, kill) => {
        if (!asked && log.includes('comparing with what is there')) kill()
        asked ||= log.includes('comparing with what is there')
      },
    )
    expect(ended.code).toBe(1)
    expect(ended.log).toContain('(ABORTED)')
  })

  it('ends with the exit codes of chartroom, and outside GitHub says what it is', async () => {
    const folder = workspace()
    expect((await step(folder, { INPUT_COMMAND: 'nothing' })).code).toBe(2)
    expect((await step(folder, { INPUT_CHARTS: 'nowhere', INPUT_DESTINATIONS: './site' })).code).toBe(4)
    const outside = await step(folder, {
      GITHUB_OUTPUT: '',
      INPUT_CHARTS: 'app',
      INPUT_DESTINATIONS: './site',
    })
    expect(outside).toMatchObject({
      code: 0,
      log: expect.stringContaining('this runs outside GitHub') as string,
    })
  })
})

import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { send, startRegistry } from '@chartroom/testkit'
import type { StartedGitHub } from '@chartroom/testkit/github'
import { startGitHub } from '@chartroom/testkit/github'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Ended } from '../test/workspace.ts'
import { Workspace } from '../test/workspace.ts'

async function released(version = '1.0.0'): Promise<{
  workspace: Workspace
  github: StartedGitHub
  url: string
  inputs: Record<string, string>
}> {
  const github = await startGitHub({ tags: [`chart-v${version}`] })
  onTestFinished(() => github.close())
  const { host, url } = await startRegistry()
  const workspace = new Workspace()
  workspace.at(github)
  workspace.onTag(`chart-v${version}`)
  workspace.chart('app', version)
  const inputs = {
    charts: 'app',
    destinations: `oci://${host}/charts\n./site`,
    'github-release': 'true',
    token: github.token,
  }
  return { workspace, github, url, inputs }
}

/** All that a step leaves, as a reader sees it, but the lines that tell the runner what to hide. */
function said({ log, outputs, summary }: Ended): string {
  const visible = log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  const shown = summary.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)))
  return [...visible, ...Object.values(outputs), shown].join('\n')
}

/** Commands that the runner would find in the log. */
function commandsIn({ log }: Ended): string[] {
  return log
    .split(/\r\n|[\r\n]/)
    .filter((line) => line.trimStart().startsWith('::') || line.includes('##['))
    .map((line) => /^::([a-z-]+)/.exec(line)?.[1] ?? line)
}

describe('a step that publishes and releases', () => {
  it('does both, and nothing the second time', async () => {
    const { workspace, github, inputs } = await released('1.0.0-rc.1')
    const first = await workspace.step(inputs)
    expect(first.log).not.toContain('::error')
    expect(first).toMatchObject({ code: 0, outputs: { changed: 'true' } })
    const [release] = github.store.releases
    expect(release).toMatchObject({ tag: 'chart-v1.0.0-rc.1', draft: false, prerelease: true })
    expect(release?.assets.map(({ name }) => name)).toEqual(['app-1.0.0-rc.1.tgz'])
    const { charts, release: made } = JSON.parse(first.outputs['results'] ?? '') as {
      charts: { digest: string; destinations: { manifestDigest: string }[] }[]
      release: object
    }
    expect(release?.body).toContain(charts[0]?.digest)
    expect(release?.body).toContain(first.outputs['digest'])
    expect(release?.body).toMatch(
      /^helm install app oci:\/\/127\.0\.0\.1:\d+\/charts\/app --version 1\.0\.0-rc\.1$/m,
    )
    expect(made).toMatchObject({
      action: 'created',
      url: `${github.url}/octo/charts/releases/tag/chart-v1.0.0-rc.1`,
    })
    expect(first.summary).toContain('app-1.0.0-rc.1.tgz | uploaded')
    const second = await workspace.step(inputs)
    expect(second).toMatchObject({ code: 0, outputs: { changed: 'false', digest: first.outputs['digest'] } })
    expect(second.outputs['results']).toContain('"release":{"tag":"chart-v1.0.0-rc.1"')
  })

  it('says changed where the release alone was completed', async () => {
    const { workspace, github, inputs } = await released()
    await workspace.step({ ...inputs, 'github-release': 'false' })
    expect((await workspace.step(inputs)).outputs['changed']).toBe('true')
    expect(github.store.releases).toHaveLength(1)
  })

  it('uploads nothing anywhere for a tag that does not carry the version', async () => {
    const { workspace, github, url, inputs } = await released()
    workspace.onTag('chart-v2.0.0')
    expect((await workspace.step(inputs)).code).toBe(2)
    expect((await send(url, 'GET /v2/charts/app/tags/list')).status).toBe(404)
    expect(github.store.releases).toEqual([])
  })

  it.each([
    ['without a tag', { 'version-tag': '' }, 'a release needs a version tag'],
    ['for a tag that was not pushed', { 'version-tag': 'v1.0.0' }, 'octo/charts has no tag v1.0.0'],
    ['without a token', { token: '' }, 'a release needs a repository and a token'],
  ])('uploads nothing anywhere %s', async (_, more, message) => {
    const { workspace, url, inputs } = await released()
    const step = await workspace.step({ ...inputs, ...more })
    expect(step.log).toContain(message)
    expect(step.code).toBe(2)
    expect((await send(url, 'GET /v2/charts/app/tags/list')).status).toBe(404)
  })

  it('makes no release for a plan, nor after a failure', async () => {
    const { workspace, github, inputs } = await released()
    expect((await workspace.step({ ...inputs, plan: 'true' })).code).toBe(0)
    await workspace.step({ ...inputs, 'github-release': 'false' })
    workspace.write('app/values.yaml', 'colour: blue\n')
    expect((await workspace.step(inputs)).code).toBe(5)
    expect(github.store.releases).toEqual([])
  })

  it('has the outputs of what was published also where the release fails', async () => {
    const { workspace, github, inputs } = await released()
    const step = await workspace.step({ ...inputs, token: 'ghs_another-token' })
    expect(step).toMatchObject({ code: 3, outputs: { changed: 'true' } })
    expect(step.log).toContain('The token is wrong')
    expect(github.store.releases).toEqual([])
  })
})

describe('hostile text', () => {
  it('in charts and inputs makes no command, no output and no markup', async () => {
    const { workspace, inputs } = await released()
    const evil = '\n::set-output name=digest::evil\n##[add-path]/evil <img src=x> | `$(id)` @octocat %0A'
    workspace.chart('app', '1.0.0', {
      description: evil,
      template: `{{ fail ${JSON.stringify(evil)} }}\n`,
    })
    workspace.write('app/templates/a,b::c|d.yaml', 'a: {{ .Values.none.x }}\n')
    for (const command of ['publish', 'check']) {
      const step = await workspace.step({ ...inputs, command })
      const known = ['add-mask', 'endgroup', 'error', 'group', 'notice', 'warning']
      expect(commandsIn(step).filter((name) => !known.includes(name))).toEqual([])
      expect(step.outputs['digest'] ?? '').not.toContain('evil')
      expect(step.summary).not.toMatch(/<img|^::|`\$\(id\)`|[^;]@octocat/m)
    }
  })

  it.each([
    ['a name', 'apiVersion: v2\nname: "$(touch x)\\n::error::x"\nversion: 1.0.0\n', 2],
    ['a version', 'apiVersion: v2\nname: app\nversion: "1.0.0\\n::error::x"\n', 8],
  ])('in %s is refused with a word of one line', async (_, head, code) => {
    const { workspace, inputs } = await released()
    workspace.write('app/Chart.yaml', head)
    const step = await workspace.step(inputs)
    expect(step.code).toBe(code)
    expect(commandsIn(step).filter((name) => name === 'error')).toHaveLength(1)
  })

  it.each([
    { charts: '$(touch x)\n`id`' },
    { destinations: 'oci://$(id)/charts' },
    { command: 'a\n::error::b' },
  ])('in the inputs %j is taken for no more than text', async (more) => {
    const { workspace, inputs } = await released()
    const step = await workspace.step({ ...inputs, ...more })
    expect(step.code).toBeGreaterThan(1)
    expect(commandsIn(step).filter((name) => name === 'error')).toHaveLength(1)
  })
})

describe('the token', () => {
  const forms = (token: string): string[] => [
    token,
    ...[`octocat:${token}`, `x-access-token:${token}`, token].map((text) =>
      Buffer.from(text).toString('base64').replace(/=+$/, ''),
    ),
  ]

  it('is in no log, output or summary, also where a chart has it', async () => {
    const { workspace, github, inputs } = await released()
    workspace.write(
      'app/templates/bad.yaml',
      `a: {{ fail "${github.token} ${forms(github.token)[1] ?? ''}" }}\n`,
    )
    const steps = [
      await workspace.step(inputs),
      await workspace.step({ ...inputs, command: 'check', charts: `app\nno-${github.token}` }),
      await workspace.step({
        ...inputs,
        command: 'verify',
        reference: `oci://127.0.0.1:1/${github.token}:1`,
      }),
      await workspace.step({ ...inputs, destinations: `oci://octocat:${github.token}@127.0.0.1:1/charts` }),
      await workspace.step({ ...inputs, command: github.token }),
    ]
    for (const step of steps) for (const form of forms(github.token)) expect(said(step)).not.toContain(form)
  })

  it('is told to the runner before anything else is said', async () => {
    const { workspace, github, inputs } = await released()
    const { log } = await workspace.step(inputs)
    expect(log.startsWith(`::add-mask::${github.token}\n::add-mask::`)).toBe(true)
    for (const form of forms(github.token)) expect(log).toContain(`::add-mask::${form}\n`)
  })

  it('goes to GitHub alone, and not to a registry of another origin that wants a login', async () => {
    const { workspace, github, inputs } = await released()
    const seen: (string | undefined)[] = []
    const registry = createServer(({ headers }, response) => {
      seen.push(headers.authorization)
      const challenge = `Basic realm="registry"`
      response.writeHead(401, { 'www-authenticate': challenge }).end('{"errors":[{"code":"UNAUTHORIZED"}]}')
    }).listen(0, '127.0.0.1')
    await once(registry, 'listening')
    onTestFinished(() => void registry.close())
    const { port } = registry.address() as AddressInfo
    const step = await workspace.step({ ...inputs, destinations: `oci://127.0.0.1:${port}/charts` })
    expect(step.code).toBe(3)
    expect(seen).toContain(undefined)
    expect(seen.filter((one) => one !== undefined)).toEqual([])
    expect(github.requests.every(({ authorization }) => authorization === `Bearer ${github.token}`)).toBe(
      true,
    )
  })
})

describe('outside GitHub', () => {
  it('it runs, and says its outputs', async () => {
    const workspace = new Workspace()
    workspace.chart('app', '1.0.0')
    const step = await workspace.step(
      { charts: 'app', destinations: './site' },
      { GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '' },
    )
    expect(step.code).toBe(0)
    expect(step.log).toContain('GITHUB_OUTPUT is not set, so this runs outside GitHub.')
    expect(step.log).toContain('changed=true')
  })

  it.each([
    [{ GITHUB_API_URL: 'file:///etc' }, 'GITHUB_API_URL is not an address'],
    [{ GITHUB_REPOSITORY: '../x' }, 'GITHUB_REPOSITORY is not OWNER/NAME'],
    [{ GITHUB_REPOSITORY: 'x/..' }, 'GITHUB_REPOSITORY is not OWNER/NAME'],
    [{ GITHUB_OUTPUT: '/nowhere/output' }, 'the file of GITHUB_OUTPUT is not there'],
  ])('%j is told of in plain words', async (env, message) => {
    const workspace = new Workspace()
    workspace.chart('app', '1.0.0')
    const step = await workspace.step({ charts: 'app', destinations: './site' }, env)
    expect(step.code).toBeGreaterThan(0)
    expect(step.log).toContain(message)
    // Before anything is done.
    expect(existsSync(join(workspace.folder, 'site'))).toBe(false)
  })

  it('a summary that cannot be written is a warning', async () => {
    const workspace = new Workspace()
    workspace.chart('app', '1.0.0')
    const env = { GITHUB_STEP_SUMMARY: '/nowhere/summary' }
    const step = await workspace.step({ charts: 'app', destinations: './site' }, env)
    expect(step.code).toBe(0)
    expect(step.log).toContain('::warning::the summary cannot be written')
  })
})

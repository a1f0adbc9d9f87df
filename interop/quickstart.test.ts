import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from './peers/peers.ts'
import type { Home } from './workspace.ts'
import { program, run, temporaryHome, workspace } from './workspace.ts'

const helm = peer('helm-4.2.4')

let home: Home
let env: Readonly<Record<string, string | undefined>>
let output: string

beforeAll(async () => {
  home = await temporaryHome()
  env = { ...home.env, CHARTROOM_STORAGE: join(home.folder, 'storage') }
  const ended = await run(process.execPath, [join(workspace, 'tools', 'quickstart.mjs')], { env })
  expect(ended.code, ended.stderr).toBe(0)
  output = ended.stdout
})

afterAll(() => home?.remove())

describe('npm run quickstart', () => {
  it('S1a shows the same bytes in the folder, the registry and the classic repository, with nothing else running', () => {
    const digests = [
      ...output.matchAll(/^(published|OCI registry|classic repository) .* (sha256:[0-9a-f]+)$/gm),
    ]
    expect(digests.map((match) => match[1])).toEqual(['published', 'OCI registry', 'classic repository'])
    expect(new Set(digests.map((match) => match[2])).size).toBe(1)
  })

  it('prints lines for chartroom, helm, Argo CD and Flux', () => {
    for (const line of [
      'npx chartroom pull oci://',
      'helm upgrade --install',
      'argocd app create',
      'flux create helmrelease',
    ]) {
      expect(output).toContain(`  ${line}`)
    }
  })

  it('does it again on the store that is there', async () => {
    const again = await run(process.execPath, [join(workspace, 'tools', 'quickstart.mjs')], { env })
    expect(again).toMatchObject({ code: 0, stdout: output })
  })
})

describe('npm run serve', () => {
  it('serves that store where the printed lines say, and they work', async () => {
    const server = spawn(process.execPath, [join(workspace, 'tools', 'serve.mjs')], { env: { ...env } })
    const ended = new Promise((done) => server.once('close', done))
    const greeting = await new Promise<string>((done) =>
      createInterface({ input: server.stdout }).once('line', done),
    )
    expect(greeting).toContain('Serving')
    const lines = output.split('\n').map((line) => line.trim())
    const commands = [
      ...lines
        .filter((line) => line.startsWith('npx chartroom'))
        .map((line) => [process.execPath, program, ...line.split(' ').slice(2)]),
      // No cluster here: `helm template` fetches and renders as `helm upgrade --install` does.
      ...lines
        .filter((line) => helm !== undefined && line.startsWith('helm upgrade --install '))
        .map((line) => [
          helm ?? '',
          'template',
          ...line.replace(' --create-namespace', '').split(' ').slice(3),
        ]),
    ]
    expect(commands.length).toBeGreaterThanOrEqual(3)
    for (const [file = '', ...args] of commands) {
      const result = await run(file, args, { cwd: home.folder, env })
      expect(result.code, `${args.join(' ')}\n${result.stderr}`).toBe(0)
    }
    server.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

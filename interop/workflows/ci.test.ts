import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workspace } from '../workspace.ts'
import { writeAdministrator } from './administrator.ts'
import type { WorkflowResult } from './runner.ts'
import { secretsShown } from './runner.ts'
import type { Town } from './town.ts'
import { openTown } from './town.ts'

/** Says which script was run, and fails where it is told to. */
const script = `import { appendFileSync } from 'node:fs'
const [name] = process.argv.slice(2)
appendFileSync(process.env.SCRIPTS_FILE, name + '\\n')
process.exitCode = name === process.env.FAILING_SCRIPT ? 1 : 0
`

let town: Town

/** A repository with this one's ci.yml and .ci/run as they stand; its npm scripts have the names of ours. */
beforeAll(async () => {
  town = await openTown()
  await writeAdministrator(join(town.folder, 'bin'), file('programs'))
  for (const path of ['.github/workflows/ci.yml', '.ci/run'])
    await town.write(path, await readFile(join(workspace, path), 'utf8'))
  await chmod(join(town.work, '.ci/run'), 0o755)
  const { scripts } = JSON.parse(await readFile(join(workspace, 'package.json'), 'utf8')) as {
    readonly scripts: object
  }
  const named = Object.keys(scripts).map((name) => [name, `node tools/script.mjs ${name}`])
  await town.write('package.json', JSON.stringify({ private: true, scripts: Object.fromEntries(named) }))
  await town.write('package-lock.json', '{}')
  await town.write('tools/script.mjs', script)
  await town.write('tools/counts.mjs', "console.log('1 passed, 0 failed')\n")
})

afterAll(() => town?.close())

function file(name: string): string {
  return join(town.folder, name)
}

interface Ended extends WorkflowResult {
  readonly scripts: readonly string[]
  readonly programs: readonly string[]
}

async function pushed(failing = ''): Promise<Ended> {
  for (const name of ['scripts', 'programs']) await writeFile(file(name), '')
  // Of the runner, as secrets and settings of a machine are.
  const settings = { SCRIPTS_FILE: file('scripts'), FAILING_SCRIPT: failing }
  const sha = await town.commit(`fails: ${failing}`)
  const result = await town.run('ci.yml', { name: 'push', ref: 'refs/heads/main', sha }, { env: settings })
  expect(secretsShown(result)).toEqual([])
  const lines = async (name: string): Promise<string[]> =>
    (await readFile(file(name), 'utf8')).split('\n').filter(Boolean)
  return { ...result, scripts: await lines('scripts'), programs: await lines('programs') }
}

const nodes = ['20.19', '22', '24']

describe.skipIf(process.platform !== 'linux')('ci.yml', () => {
  it('runs tests and the quick start with each Node, and everything by .ci/run', async () => {
    const { conclusion, listed, scripts, programs, log } = await pushed()
    expect(conclusion, log).toBe('success')
    const outcomes = listed.map(({ name, result, elsewhere }) => [
      name,
      elsewhere === undefined ? result : 'elsewhere',
    ])
    expect(outcomes).toEqual([
      ...nodes.map((node) => [`test (ubuntu-latest, Node ${node})`, 'success']),
      ...nodes.map((node) => [`test (macos-latest, Node ${node})`, 'elsewhere']),
      ...nodes.map((node) => [`test (windows-latest, Node ${node})`, 'elsewhere']),
      ['everything, with the real clients', 'success'],
    ])
    expect(log).toContain('##[not run here] macos-latest is not this machine')
    expect(scripts).toEqual([
      ...nodes.flatMap(() => ['test', 'quickstart']),
      ...['test', 'check', 'test:interop', 'requirements'],
    ])
    expect(programs.slice(0, 2)).toEqual([
      'apt-get update -qq',
      'apt-get install -y -qq skopeo apache2-utils tmux gnupg',
    ])
    expect(log).toContain('=== requirements: ok')
    expect(log).toContain('1 passed, 0 failed')
  })

  it.each(['quickstart', 'requirements'])(
    'fails when %s does, and runs the rest all the same',
    async (failing) => {
      const { conclusion, listed, scripts, log } = await pushed(failing)
      expect(conclusion, log).toBe('failure')
      const failed = listed.filter(({ result }) => result === 'failure').map(({ name }) => name)
      expect(failed).toHaveLength(failing === 'quickstart' ? nodes.length : 1)
      expect(scripts).toEqual([
        ...nodes.flatMap(() => ['test', 'quickstart']),
        ...['test', 'check', 'test:interop', 'requirements'],
      ])
      if (failing === 'requirements') expect(log).toContain('Failed: requirements')
    },
  )

  it('is started by a pull request too, and by no tag', async () => {
    const { jobs } = await town.run('ci.yml', await town.pullRequest('a title'), {
      env: { SCRIPTS_FILE: file('scripts') },
    })
    expect(jobs['interop']?.result).toBe('success')
    await expect(town.run('ci.yml', await town.tag('v1.0.0'))).rejects.toThrow(/does not start/)
  })

  it('fails where a program of the distribution is not to be had', async () => {
    await writeFile(join(town.folder, 'bin', 'apt-get'), '#!/bin/sh\nexit 100\n')
    const { jobs } = await pushed()
    expect(jobs['test']?.result).toBe('success')
    expect(jobs['interop']?.result).toBe('failure')
  })
})

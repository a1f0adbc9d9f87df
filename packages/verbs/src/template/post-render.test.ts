import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Environment } from '../environment.ts'
import { findPostRenderer, postRender } from './post-render.ts'

let folder: string
let environment: Environment

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'chartroom-post-render-')))
  await mkdir(join(folder, 'bin'))
  const env = { HOME: folder, PATH: `relative:${join(folder, 'bin')}:${process.env['PATH']}` }
  environment = { env, cwd: folder, platform: 'linux' }
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function script(name: string, lines: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${lines}\n`)
  await chmod(path, 0o755)
  return path
}

describe('findPostRenderer', () => {
  it('takes a path, from where the user stands, or a name on the PATH', async () => {
    const path = await script('bin/mine', 'cat')
    expect(await findPostRenderer('bin/mine', environment)).toBe(path)
    expect(await findPostRenderer(path, environment)).toBe(path)
    expect(await findPostRenderer('mine', environment)).toBe(path)
  })

  it('refuses what is no program: nothing, a folder, a file that may not be executed', async () => {
    await script('here', 'cat')
    await writeFile(join(folder, 'bin/text'), 'text')
    for (const name of ['absent', './absent', 'bin', './bin', 'bin/text', 'text', 'here']) {
      await expect(findPostRenderer(name, environment)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: `unable to find binary at ${name}`,
      })
    }
  })

  it('names the plugin of Helm 4 that a name stands for', async () => {
    const plugin = join(folder, '.local/share/helm/plugins/helm-labels')
    await mkdir(plugin, { recursive: true })
    await writeFile(join(plugin, 'plugin.yaml'), 'apiVersion: v1\ntype: postrenderer/v1\nname: "labels"\n')
    const error = {
      code: 'UNSUPPORTED',
      message: `the post-renderer labels is a plugin of Helm 4, in ${plugin}`,
      hint: expect.stringContaining('plugin.yaml') as string,
    }
    await expect(findPostRenderer('labels', environment)).rejects.toMatchObject(error)
    const env = { ...environment.env, HELM_PLUGINS: `/nowhere:${join(plugin, '..')}` }
    await expect(findPostRenderer('labels', { ...environment, env })).rejects.toMatchObject(error)
    await expect(findPostRenderer('label', environment)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('postRender', () => {
  it('gives what the program makes of the manifests, with its arguments, folder and environment', async () => {
    const path = await script('p', 'echo "$1 $HOME $(pwd)"; tr a b; echo said >&2')
    const said: string[] = []
    const made = postRender(
      'a: a\n',
      { path, args: ['x y', 'z'], onError: (text) => said.push(text) },
      environment,
    )
    expect(await made).toBe(`x y ${folder} ${folder}\nb: b\n`)
    expect(said.join('')).toBe('said\n')
  })

  it('carries bytes that are no text both ways', async () => {
    const path = await script('p', 'cat')
    expect(await postRender('\udcff\u00e4', { path, args: [] }, environment)).toBe('\udcff\u00e4')
  })

  it('does not mind a program that reads nothing of a long text', async () => {
    const path = await script('p', 'echo made')
    expect(await postRender('x'.repeat(10_000_000), { path, args: [] }, environment)).toBe('made\n')
  })

  it.each([
    ['exit 3', 'exit status 3'],
    ['kill -TERM $$', 'signal: SIGTERM'],
  ])('fails with a program that ends by %s', async (lines, how) => {
    const path = await script('p', lines)
    await expect(postRender('a: 1\n', { path, args: [] }, environment)).rejects.toMatchObject({
      code: 'IO',
      message: `error while running post render on files: error while running command ${path}: ${how}`,
    })
  })

  it('fails with a file that the system does not start', async () => {
    const path = join(folder, 'p')
    await writeFile(path, '#!/nowhere/sh\n', { mode: 0o755 })
    await expect(postRender('', { path, args: [] }, environment)).rejects.toMatchObject({
      code: 'IO',
      message: expect.stringContaining('could not be started') as string,
    })
  })

  it('ends a program that writes without end, and what that has started', async () => {
    const path = await script('p', 'yes & yes')
    await expect(postRender('', { path, args: [], bytes: 1000 }, environment)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: `the post-renderer ${path} writes more than 1000 bytes`,
    })
  })

  it('ends a program that does not end when it is interrupted', async () => {
    const path = await script('p', 'echo started >&2; sleep 600')
    const controller = new AbortController()
    const reason = new Error('interrupted')
    const running = postRender(
      '',
      { path, args: [], onError: () => controller.abort(reason) },
      { ...environment, signal: controller.signal },
    )
    await expect(running).rejects.toBe(reason)
  })
})

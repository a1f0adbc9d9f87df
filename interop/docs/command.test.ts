import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from '../peers/peers.ts'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, workspace } from '../workspace.ts'
import { blocksOf, pages } from './block.ts'

const helm = peer('helm-4.2.4')

let home: Home
let count = 0

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  const bin = join(home.folder, 'bin')
  await mkdir(bin)
  for (const [name, file] of [
    ['chartroom', program],
    ['docker-credential-chartroom', join(dirname(program), 'docker-credential-chartroom.cjs')],
  ] as const) {
    await writeFile(join(bin, name), `#!/bin/sh\nexec '${process.execPath}' '${file}' "$@"\n`)
    await chmod(join(bin, name), 0o755)
  }
})

afterAll(() => home?.remove())

/** A folder as the reader of a page has it: a chart, a chartroom.yaml, and a registry. */
async function desk(): Promise<{ folder: string; registry: Served }> {
  count += 1
  const folder = join(home.folder, `desk-${count}`)
  await mkdir(folder)
  await cp(join(workspace, 'deployments', 'helm', 'hypersdk'), join(folder, 'chart'), { recursive: true })
  await cp(join(workspace, 'chartroom.yaml'), join(folder, 'chartroom.yaml'))
  return { folder, registry: await serve(home) }
}

async function bash(script: string, folder: string): Promise<void> {
  const PATH = [
    join(home.folder, 'bin'),
    ...(helm === undefined ? [] : [dirname(helm)]),
    home.env['PATH'],
  ].join(':')
  const ended = await run('bash', ['-eu', '-o', 'pipefail', '-x', '-c', script], {
    cwd: folder,
    env: { ...home.env, PATH },
  })
  expect(ended.code, `${ended.stdout}\n${ended.stderr}`).toBe(0)
}

describe('the commands in', () => {
  const tested = pages.filter((page) => blocksOf(page).some(({ info }) => info === 'sh test'))

  it.each(tested)('%s run', async (page) => {
    const { folder, registry } = await desk()
    const scripts = blocksOf(page).filter(({ info }) => info === 'sh test')
    try {
      await bash(
        scripts.map(({ text }) => text.replaceAll('127.0.0.1:5000', registry.host)).join('\n'),
        folder,
      )
    } finally {
      await registry.close()
    }
  })
})

describe('the quick reference', () => {
  const [fromRegistry, fromRepository] = blocksOf('docs/getting-started.md').filter(
    ({ info }) => info === 'sh quick-reference',
  )

  // No cluster here: `helm template` fetches and renders as `helm upgrade --install` does.
  const local = (text: string, { host, url }: Served): string =>
    text
      .replaceAll('helm upgrade --install', 'helm template')
      .replace(/oci:\/\/ghcr\.io\/ssahani\/charts\/(\S+)/g, `oci://${host}/charts/$1 --plain-http`)
      .replaceAll('https://ssahani.github.io/hypersdk/helm-charts', `${url}/helm/charts`)

  it.skipIf(helm === undefined).each([
    ['S55 installs from the registry with one command', fromRegistry, 1],
    ['S56 installs from the repository with two commands', fromRepository, 2],
  ])('%s', async (_, block, commands) => {
    const { folder, registry } = await desk()
    try {
      expect(block?.text.trim().split('\n')).toHaveLength(commands)
      await bash(`chartroom publish ./chart --to oci://${registry.host}/charts`, folder)
      await bash(
        `(${local(block?.text ?? '', registry)
          .trim()
          .replaceAll('\n', ' && ')}) > rendered.yaml`,
        folder,
      )
      expect(await readFile(join(folder, 'rendered.yaml'), 'utf8')).toContain('kind: Deployment')
    } finally {
      await registry.close()
    }
  })

  it('S55 S56 names the places of chartroom.yaml', async () => {
    const yaml = await readFile(join(workspace, 'chartroom.yaml'), 'utf8')
    expect(yaml).toContain('oci://ghcr.io/ssahani/charts')
    expect(fromRegistry?.text).toContain('oci://ghcr.io/ssahani/charts/hypersdk')
    expect(yaml).toContain('https://ssahani.github.io/hypersdk/helm-charts')
    expect(fromRepository?.text).toContain('https://ssahani.github.io/hypersdk/helm-charts')
  })
})

describe('every chartroom line of the pages', () => {
  it('has a command that exists, with flags that it takes', async () => {
    const lines = pages.flatMap((page) =>
      blocksOf(page)
        .filter(({ info }) => info.startsWith('sh'))
        .flatMap(({ text }) => commandLines(text).map((line) => ({ page, line }))),
    )
    expect(lines.length).toBeGreaterThan(20)
    const wrong = await Promise.all(
      lines.map(async ({ page, line }) => ({ page, line, problem: await problemOf(line) })),
    )
    expect(wrong.filter(({ problem }) => problem !== '')).toEqual([])
  })
})

const helpTexts = new Map<string, Promise<string>>()

function helpOf(command: string): Promise<string> {
  const known = helpTexts.get(command)
  if (known !== undefined) return known
  const args = [program, ...command.split(' '), '--help']
  const text = run(process.execPath, args).then(({ code, stdout }) => (code === 0 ? stdout : ''))
  helpTexts.set(command, text)
  return text
}

/** What stands after `chartroom` in a script, without comments, pipes and redirections. */
function commandLines(script: string): string[] {
  const joined = script.replaceAll('\\\n', ' ').replace(/\s#.*$/gm, '')
  return [...joined.matchAll(/(?:^|[|(]\s*|npx )chartroom ([^|)>\n]+)/gm)].map((match) =>
    (match[1] ?? '').trim(),
  )
}

async function problemOf(line: string): Promise<string> {
  const words = line.split(/\s+/)
  const command = /^(show|repo|search|registry|dependency|doctor(?= helm))( |$)/.test(line)
    ? words.slice(0, 2).join(' ')
    : (words[0] ?? '')
  const help = await helpOf(command)
  if (help === '') return `no command ${command}`
  const flags = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ''))
  const unknown = flags.filter((flag) => !new RegExp(`(^|[ ,])${flag}([ ,]|$)`, 'm').test(help))
  return unknown.length === 0 ? '' : `${command} takes no ${unknown.join(', ')}`
}

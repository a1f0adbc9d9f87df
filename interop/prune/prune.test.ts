import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartroom, chartroomJson, runPeer } from '../clients/clients.ts'
import { needProgram } from '../peers/peers.ts'
import type { OtherRegistry } from '../registries.ts'
import { startDistribution } from '../registries.ts'
import type { Home } from '../workspace.ts'
import { ensureBuilt, program, serve, temporaryHome, writeChart } from '../workspace.ts'

let home: Home

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
})

afterAll(() => home?.remove())

interface Pruned {
  readonly repositories: readonly {
    readonly tags: readonly { readonly tag: string; readonly status: string; readonly reason: string }[]
    readonly manifests: readonly { readonly kind: string; readonly status: string }[]
  }[]
}

/** Four versions; `latest` names the first, and the first and the last have an SBOM that oras attached. */
async function fill(host: string, name: string): Promise<string> {
  const folder = join(home.folder, name)
  for (const version of ['1.0.0', '1.1.0', '1.2.0', '2.0.0']) {
    await writeChart(folder, { name, version, note: version })
    await chartroomJson(['publish', name, '--to', `oci://${host}/charts`], home)
  }
  const repository = `${host}/charts/${name}`
  await chartroomJson(['tag', `oci://${repository}:1.0.0`, 'latest'], home)
  await writeFile(join(home.folder, 'sbom.json'), '{}')
  for (const version of ['1.1.0', '2.0.0']) {
    const reference = `${repository}:${version}`
    await runPeer(
      'oras-1.3.3',
      ['attach', '--plain-http', '--artifact-type', 'a/sbom', reference, 'sbom.json'],
      home,
    )
  }
  return repository
}

async function attachedTo(reference: string): Promise<number> {
  const args = ['discover', '--plain-http', '--format', 'json', reference]
  const { stdout } = await runPeer('oras-1.3.3', args, home)
  return (JSON.parse(stdout) as { referrers?: unknown[] }).referrers?.length ?? 0
}

async function tagsOf(repository: string): Promise<string[]> {
  const { stdout } = await runPeer('crane-0.21.9', ['ls', '--insecure', repository], home)
  return stdout.trim().split('\n').sort()
}

const statuses = ({ repositories }: Pruned): object =>
  Object.fromEntries((repositories[0]?.tags ?? []).map(({ tag, status }) => [tag.slice(0, 12), status]))

async function pruneAndLook(repository: string): Promise<Pruned> {
  const args = ['prune', `oci://${repository}`, '--keep', '1']
  const planned = await chartroomJson<Pruned>(args, home)
  expect(statuses(planned)).toMatchObject({ '1.0.0': 'planned', '1.2.0': 'planned', '2.0.0': 'kept' })
  expect(await tagsOf(repository)).toContain('1.0.0')
  const done = await chartroomJson<Pruned>([...args, '--yes'], home)
  expect(statuses(done)).toMatchObject({
    '2.0.0': 'kept',
    '1.2.0': 'removed',
    '1.1.0': 'removed',
    '1.0.0': 'removed',
    latest: 'kept',
  })
  expect((await tagsOf(repository)).filter((tag) => !tag.startsWith('sha256-'))).toEqual(['2.0.0', 'latest'])
  expect(await attachedTo(`${repository}:2.0.0`)).toBe(1)
  for (const version of ['2.0.0', 'latest']) {
    const args = ['manifest', '--insecure', `${repository}:${version}`]
    const { stdout } = await runPeer('crane-0.21.9', args, home)
    expect(stdout).toContain('application/vnd.cncf.helm.config.v1+json')
  }
  await runPeer('helm-4.2.4', ['pull', '--plain-http', `oci://${repository}`, '--version', '2.0.0'], home)
  const again = await chartroomJson<Pruned>([...args, '--yes'], home)
  expect(again.repositories[0]?.manifests).toEqual([])
  return done
}

describe('prune', () => {
  it('S44 keeps the newest on our registry, with what oras attached to it', async () => {
    const registry = await serve(home)
    try {
      const done = await pruneAndLook(await fill(registry.host, 'ours'))
      expect(done.repositories[0]?.manifests.map(({ kind }) => kind)).toEqual(['chart', 'referrer', 'chart'])
    } finally {
      await registry.close()
    }
  })

  it('S44 keeps the newest on distribution, where referrers are listed under tags', async () => {
    const registry = await startDistribution()
    try {
      const repository = await fill(registry.host, 'theirs')
      expect((await tagsOf(repository)).filter((tag) => tag.startsWith('sha256-'))).toHaveLength(2)
      const done = await pruneAndLook(repository)
      expect(done.repositories[0]?.manifests.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
        'chart removed',
        'referrer removed',
        'referrer removed',
        'chart removed',
      ])
      expect((await tagsOf(repository)).filter((tag) => tag.startsWith('sha256-'))).toHaveLength(1)
    } finally {
      await registry.close()
    }
  })

  it('S44 says that distribution does not delete unless told to, and leaves all as it is', async () => {
    const registry: OtherRegistry = await startDistribution({ deletes: false })
    try {
      const repository = await fill(registry.host, 'closed')
      const before = await tagsOf(repository)
      const ended = await chartroom(['prune', `oci://${repository}`, '--keep', '1', '--yes'], home)
      expect(ended.code).toBe(1)
      expect(ended.stderr).toMatch(/answered 405: UNSUPPORTED.*\(UNSUPPORTED\)\nHint: /)
      expect(await tagsOf(repository)).toEqual(before)
      expect(await attachedTo(`${repository}:1.1.0`)).toBe(1)
    } finally {
      await registry.close()
    }
  })

  it.each([
    ['y', 0, ['2.0.0', 'latest'], /Removed 3 of 5 tags/],
    ['n', 1, ['1.0.0', '1.1.0', '1.2.0', '2.0.0', 'latest'], /nothing was removed/],
  ] as const)('asks on a terminal, and takes %j for an answer', async (key, code, left, said) => {
    const registry = await serve(home)
    try {
      const repository = await fill(registry.host, 'asked')
      const ended = await onTerminal(`prune oci://${repository} --keep 1`, key)
      expect([ended.code, ended.shown]).toEqual([code, expect.stringMatching(said)])
      expect(ended.shown).toContain(`oci://${repository}:1.2.0: not the newest`)
      expect(await tagsOf(repository)).toEqual(left)
    } finally {
      await registry.close()
    }
  })
})

/** Runs the program on a terminal of its own, with a key pressed when it asks. */
function onTerminal(line: string, key: string): Promise<{ code: number; shown: string }> {
  const command = `stty cols 120; '${process.execPath}' '${program}' ${line}`
  const child = spawn(needProgram('script'), ['-qec', command, '/dev/null'], {
    cwd: home.folder,
    env: { ...home.env, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let shown = ''
  return new Promise((fulfil) => {
    let answered = false
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString()
      if (answered || !shown.includes('Remove 3 of 5')) return
      answered = true
      child.stdin.write(key)
    })
    child.once('close', (code) => fulfil({ code: code ?? 1, shown }))
  })
}

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadChart, packChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import type { Index } from '@chartroom/repository'
import { parseIndex } from '@chartroom/repository'
import { temporaryFolder } from '@chartroom/testkit'
import type { Environment } from '../src/environment.ts'
import type { Packed } from '../src/package/packed.ts'
import type { Destination } from '../src/publish/destination.ts'
import type { GitDestinationOptions } from '../src/publish/destination/git.ts'
import { gitDestination } from '../src/publish/destination/git.ts'
import type { PublishOptions } from '../src/publish/publish.ts'
import { publish } from '../src/publish/publish.ts'
import type { DestinationResult } from '../src/result.ts'

/** A bare repository on disk, and a place to publish to it from. */
export interface BranchDesk {
  readonly folder: string
  /** `git+file:///...`, without a branch. */
  readonly to: string
  readonly remote: string
  readonly environment: Environment
  /** Runs git in the remote. */
  readonly git: (...args: string[]) => string
  /** Puts a commit with these files on the branch, past chartroom; a text beginning with `->` is a link. */
  readonly write: (branch: string, files: Readonly<Record<string, string>>, parent?: string) => string
  /** The same with the lines of a tree as `git mktree` reads them. */
  readonly writeTree: (branch: string, lines: string | Uint8Array, ...flags: string[]) => string
  readonly read: (path: string) => string
  readonly index: (branch?: string, folder?: string) => Index
  /** Work copies that are there. */
  readonly left: () => string[]
}

const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com']

export function branchDesk(env: Readonly<Record<string, string>> = {}): BranchDesk {
  const folder = temporaryFolder()
  const remote = join(folder, 'my charts.git')
  const desk = join(folder, 'desk')
  const tmp = mkdtempSync(join(folder, 'tmp-'))
  mkdirSync(desk)
  const variables = { PATH: process.env['PATH'] ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1', TMPDIR: tmp }
  const run = (args: readonly string[], input: string | Uint8Array = ''): string =>
    execFileSync('git', args, {
      env: variables,
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    }).trim()
  run(['init', '--quiet', '--bare', '--initial-branch=main', remote])
  const git = (...args: string[]): string => run(['--git-dir', remote, ...args])
  const writeTree = (
    branch: string,
    lines: string | Uint8Array,
    ...[flag, parent]: readonly (string | undefined)[]
  ): string => {
    const flags = ['--missing', ...(flag === undefined ? [] : [flag])]
    const tree = run(['--git-dir', remote, 'mktree', ...flags], lines)
    const parents = parent === undefined ? [] : ['-p', parent]
    const commit = git(...identity, 'commit-tree', tree, '-m', 'Another one', ...parents)
    git('update-ref', `refs/heads/${branch}`, commit)
    return commit
  }
  return {
    folder,
    to: `git+file://${remote}`,
    remote,
    environment: { env: { ...variables, ...env }, cwd: desk, platform: process.platform },
    git,
    write(branch, files, parent) {
      const lines = Object.entries(files).map(([name, text]) => {
        const isLink = text.startsWith('->')
        const id = run(['--git-dir', remote, 'hash-object', '-w', '--stdin'], isLink ? text.slice(2) : text)
        return `${isLink ? '120000' : '100644'} blob ${id}\t${name}\n`
      })
      return writeTree(branch, lines.join(''), undefined, parent)
    },
    writeTree,
    read: (path) => readFileSync(path, 'utf8'),
    index: (branch = 'gh-pages', path = '') =>
      parseIndex(git('show', `${branch}:${path === '' ? '' : `${path}/`}index.yaml`)),
    left: () => readdirSync(tmp),
  }
}

/** A small packed chart; other values are other content. */
export function packed(name: string, version: string, values = 'a: 1\n'): Packed {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  const chart = loadChart(
    [
      { name: 'Chart.yaml', data: encode(`apiVersion: v2\nname: ${name}\nversion: ${version}\n`) },
      { name: 'values.yaml', data: encode(values) },
    ],
    nodePorts,
  )
  const created = new Date('2026-01-02T03:04:05Z')
  const archive = packChart(chart, { time: created, ports: nodePorts })
  return { chart, archive, created, digest: `sha256:${nodePorts.sha256(archive)}` }
}

export interface PublishToOptions extends Partial<GitDestinationOptions> {
  /** Default `#gh-pages`. */
  readonly place?: string
  readonly run?: PublishOptions
  /** Happens when all is staged, before the branch is pushed. */
  readonly meanwhile?: () => unknown
  /** Happens when the branch has been pushed, before it is read back. */
  readonly afterwards?: () => unknown
}

/** Publishes to the desk's remote, or to `to`, and gives what happened to the first chart. */
export async function publishTo(
  desk: BranchDesk,
  charts: readonly Packed[],
  { place = '#gh-pages', run, meanwhile, afterwards, ...options }: PublishToOptions = {},
): Promise<DestinationResult | undefined> {
  const inner = gitDestination({
    to: `${desk.to}${place}`,
    environment: desk.environment,
    force: false,
    ...options,
  })
  const destination: Destination = {
    to: inner.to,
    kind: inner.kind,
    reference: (packed) => inner.reference(packed),
    plan: (all) => inner.plan(all),
    stage: (planned) => inner.stage(planned),
    async commit(planned) {
      await meanwhile?.()
      await inner.commit(planned)
      await afterwards?.()
    },
    verify: (planned) => inner.verify(planned),
    abandon: async () => inner.abandon?.(),
    close: async () => inner.close?.(),
  }
  return (await publish(charts, [destination], run))[0]?.destinations?.[0]
}

import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Access, StartedGitHub } from '@chartroom/testkit/github'
import { startGitHub } from '@chartroom/testkit/github'
import type { Answer, Call, Site, Vendors } from '@chartroom/testkit/vendors'
import { scratchFolder, startVendors } from '@chartroom/testkit/vendors'
import { run } from '../workspace.ts'
import { fileOfBranch, gitSite, pagesSite } from './git-site.ts'
import { githubSites } from './github-sites.ts'
import type { Machine, Permissions, Trigger } from './machine.ts'
import type { WorkflowResult } from './runner.ts'
import { runWorkflow } from './runner.ts'
import { readWorkflow } from './workflow.ts'

const repository = 'MyUser/App'

/** Somebody's repository at GitHub, with its registry, its releases and its branches, all under their real names. */
export interface Town {
  readonly vendors: Vendors
  readonly github: StartedGitHub
  readonly folder: string
  /** What a program on this machine needs to reach all of it. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Files for the next commit. */
  write(path: string, text: string): Promise<void>
  read(path: string): Promise<string>
  /** The bare repository. */
  readonly remote: string
  /** Where files lie before they are committed. */
  readonly work: string
  /** Runs git in it. */
  git(...args: readonly string[]): Promise<string>
  /** Commits all files and pushes the branch. */
  commit(message: string): Promise<string>
  /** Puts a tag on what is committed, pushes it, and gives the event of that. */
  tag(name: string): Promise<Trigger>
  /** The event of a pull request from the branch that is checked out into main. */
  pullRequest(title: string): Promise<Trigger>
  /** A file of a branch of the remote; undefined where there is none. */
  fileOf(branch: string, path: string): Promise<string | undefined>
  /** The commit that a branch of the remote is at. */
  headOf(branch: string): Promise<string>
  /** Answers requests to GitHub itself, until it is set anew. */
  setFault(fault: ((call: Call) => Answer | undefined) | undefined): void
  /** Runs a workflow of the checkout as GitHub does on an event. */
  run(file: string, trigger: Trigger, options?: RunOptions): Promise<WorkflowResult>
  close(): Promise<void>
}

export interface RunOptions {
  readonly beforeJob?: Machine['beforeJob']
  /** More for the environment of the machine. */
  readonly env?: Readonly<Record<string, string>>
}

export interface TownOptions {
  /** Whether only tokens of the repository can read it. */
  readonly isPrivate?: boolean
  /** Further hosts. */
  readonly sites?: readonly Site[]
  /** More for the environment of what workflows run. */
  readonly env?: Readonly<Record<string, string>>
}

export async function openTown({ sites = [], env = {}, isPrivate = false }: TownOptions = {}): Promise<Town> {
  const folder = await scratchFolder()
  const tokens: Record<string, Access> = {}
  const github = await startGitHub({ repository, tokens })
  let fault: ((call: Call) => Answer | undefined) | undefined
  const git = gitSite({
    root: join(folder, 'remote'),
    isPrivate,
    accessOf: (token) => tokens[token],
    fault: (call) => fault?.(call),
  })
  const packages = (call: Call): Answer | Promise<Answer> =>
    vendors.ghcr.sites.find(({ host }) => host === 'api.github.com')?.service(call) ?? { status: 404 }
  const vendors: Vendors = await startVendors([
    ...sites,
    ...githubSites({ github, others: packages, fault: (call) => fault?.(call) }),
    { host: 'github.com', service: git },
    { host: 'myuser.github.io', service: pagesSite(remoteOf(folder), 'App') },
  ])
  const town = new GitHubTown({
    ...{ folder, env, github, vendors, tokens },
    setFault(next) {
      fault = next
    },
  })
  await town.open()
  return town
}

function remoteOf(folder: string): string {
  return join(folder, 'remote', `${repository.toLowerCase()}.git`)
}

interface Parts {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly github: StartedGitHub
  readonly vendors: Vendors
  readonly tokens: Record<string, Access>
  setFault(fault: ((call: Call) => Answer | undefined) | undefined): void
}

class GitHubTown implements Town {
  readonly vendors: Vendors
  readonly github: StartedGitHub
  readonly folder: string
  readonly work: string
  readonly remote: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
    this.vendors = parts.vendors
    this.github = parts.github
    this.folder = parts.folder
    this.work = join(parts.folder, 'work')
    this.remote = remoteOf(parts.folder)
    this.env = {
      PATH: `${join(parts.folder, 'bin')}${delimiter}${process.env['PATH']}`,
      HOME: join(parts.folder, 'home'),
      TMPDIR: process.env['TMPDIR'],
      TZ: 'UTC',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_SSL_CAINFO: parts.vendors.caFile,
      npm_config_cafile: parts.vendors.caFile,
      npm_config_fetch_retries: '0',
      npm_config_update_notifier: 'false',
      AWS_EC2_METADATA_DISABLED: 'true',
      METADATA_SERVER_DETECTION: 'none',
      ...parts.vendors.env,
      ...parts.env,
    }
  }

  async open(): Promise<void> {
    await mkdir(this.work, { recursive: true })
    await mkdir(join(this.folder, 'home'))
    await this.#run(this.folder, ['init', '-q', '--bare', '-b', 'main', this.remote])
    await this.git('init', '-q', '-b', 'main')
    await this.git('remote', 'add', 'origin', this.remote)
    await this.git('config', 'user.name', 'Somebody')
    await this.git('config', 'user.email', 'somebody@example.com')
  }

  git(...args: readonly string[]): Promise<string> {
    return this.#run(this.work, args)
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(join(this.work, path, '..'), { recursive: true })
    await writeFile(join(this.work, path), text)
  }

  read(path: string): Promise<string> {
    return readFile(join(this.work, path), 'utf8')
  }

  async commit(message: string): Promise<string> {
    await this.git('add', '-A')
    await this.git('commit', '-q', '--allow-empty', '-m', message)
    await this.git('push', '-q', 'origin', 'HEAD')
    return (await this.git('rev-parse', 'HEAD')).trim()
  }

  async tag(name: string): Promise<Trigger> {
    await this.git('tag', '-f', name)
    await this.git('push', '-q', 'origin', `refs/tags/${name}`)
    const sha = (await this.git('rev-parse', 'HEAD')).trim()
    this.github.store.tags.set(name, sha)
    return { name: 'push', ref: `refs/tags/${name}`, sha, payload: { head_commit: { message: 'a message' } } }
  }

  async pullRequest(title: string): Promise<Trigger> {
    const head = (await this.git('rev-parse', '--abbrev-ref', 'HEAD')).trim()
    await this.git('checkout', '-q', '--detach', 'main')
    await this.git('merge', '-q', '--no-ff', '-m', title, head)
    await this.git('push', '-q', '--force', 'origin', 'HEAD:refs/pull/1/merge')
    const sha = (await this.git('rev-parse', 'HEAD')).trim()
    const base = (await this.git('rev-parse', 'main')).trim()
    await this.git('checkout', '-q', head)
    return {
      name: 'pull_request',
      ref: 'refs/pull/1/merge',
      sha,
      headRef: head,
      baseRef: 'main',
      payload: {
        number: 1,
        pull_request: { title, body: title, head: { ref: head }, base: { ref: 'main', sha: base } },
      },
    }
  }

  async fileOf(branch: string, path: string): Promise<string | undefined> {
    return (await fileOfBranch(this.remote, branch, path))?.toString('utf8')
  }

  async headOf(branch: string): Promise<string> {
    return (await this.#run(this.remote, ['rev-parse', branch])).trim()
  }

  setFault(fault: ((call: Call) => Answer | undefined) | undefined): void {
    this.#parts.setFault(fault)
  }

  async run(file: string, trigger: Trigger, { beforeJob, env }: RunOptions = {}): Promise<WorkflowResult> {
    // GitHub takes the file from the commit of the event.
    const text = await this.#run(this.remote, ['show', `${trigger.sha}:.github/workflows/${file}`])
    const machine: Machine = {
      repository,
      serverUrl: 'https://github.com',
      apiUrl: 'https://api.github.com',
      folder: this.folder,
      env: { ...this.env, ...env },
      tokenFor: (permissions) => this.#tokenFor(permissions),
      ...(beforeJob && { beforeJob }),
    }
    return runWorkflow(machine, await readWorkflow(file, text), trigger)
  }

  async close(): Promise<void> {
    await this.github.close()
    await this.vendors.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  // The registry knows one token that may write, that of workflows.
  #tokenFor(permissions: Permissions): string {
    const { password } = this.vendors.ghcr.workflow
    const token = permissions['packages'] === 'write' ? password : `ghs_${randomBytes(18).toString('hex')}`
    const contents = permissions['contents']
    this.#parts.tokens[token] = contents === 'write' || contents === 'read' ? contents : 'none'
    return token
  }

  async #run(cwd: string, args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await run('git', args, { cwd, env: this.env })
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout
  }
}

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { GitContext } from '../git.ts'

/** A git repository in a folder of its own, of which nothing but the files here is read. */
export interface TestRepository {
  readonly folder: string
  readonly context: GitContext
  git(...args: string[]): string
  write(path: string, text: string): void
  /** A chart with one template. */
  chart(path: string, version: string, more?: string): void
  /** All there is on disk. */
  commit(): void
  close(): void
}

export function createRepository(): TestRepository {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'chartroom-git-')))
  const folder = join(parent, 'work tree')
  mkdirSync(folder)
  const env = {
    PATH: process.env['PATH'],
    HOME: parent,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: parent,
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
    // Submodules of the tests lie beside their parent.
    GIT_ALLOW_PROTOCOL: 'file',
  }
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' })
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git('init', '--quiet', '--initial-branch=main')
  return {
    folder,
    context: { cwd: folder, env },
    git,
    write,
    chart(path, version, more = '') {
      const name = path.split('/').at(-1) || 'app'
      write(join(path, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: ${version}\n${more}`)
      write(join(path, 'templates/a.yaml'), `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`)
    },
    commit() {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message=x')
    },
    close: () => rmSync(parent, { recursive: true, force: true }),
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Workspace } from './workspace.ts'

/** A clone of a remote with a chart on `main`, on a branch of its own. */
export function onPullRequest(): Workspace {
  const workspace = new Workspace()
  workspace.chart('charts/app', '1.0.0')
  workspace.write(
    'charts/app/Chart.yaml',
    'apiVersion: v2\nname: app\nversion: 1.0.0\nicon: https://example.org/i.png\n',
  )
  workspace.write('chartroom.yaml', 'charts: [charts/*]\n')
  workspace.git('init', '-q')
  commit(workspace)
  workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  workspace.git('checkout', '-q', '-b', 'topic')
  workspace.env['GITHUB_BASE_REF'] = 'main'
  return workspace
}

export function commit(workspace: Workspace): void {
  workspace.git('add', '.')
  workspace.git('commit', '-q', '-m', 'change')
}

export function raise(workspace: Workspace, version: string): void {
  const path = 'charts/app/Chart.yaml'
  const text = readFileSync(join(workspace.folder, path), 'utf8')
  workspace.write(path, text.replace(/^version: .*$/m, `version: ${version}`))
}

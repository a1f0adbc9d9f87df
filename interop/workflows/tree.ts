import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run, workspace } from '../workspace.ts'

/** What the action and the command line are built of, and the workflows and the chart: no tests, nothing big. */
const wanted =
  /^(packages\/[a-z]+\/(package\.json|README\.md|(src|bin)\/.*)|tools\/[^/]+\.mjs|deployments\/.*|\.github\/.*|action\.yml|package(-lock)?\.json|\.npmrc|\.gitignore|tsconfig.*\.json|LICENSE)$/
const unwanted = /\.test\.ts$|^packages\/testkit\/src\//

/** Copies this repository's sources, as they are now, into an empty folder. */
export async function copySources(folder: string): Promise<void> {
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: workspace,
  })
  const paths = listed.stdout.split('\0').filter((path) => wanted.test(path) && !unwanted.test(path))
  await mkdir(join(folder, 'packages', 'testkit', 'src'), { recursive: true })
  for (const path of paths) {
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    // A file that somebody deletes at this moment is no part of the copy.
    await cp(join(workspace, path), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  }
}

/**
 * A program `npm` for the path: `npm ci` links what is installed here, because a registry of packages is no part of
 * what is tested; all else is npm's own.
 */
export async function writeNpm(bin: string): Promise<void> {
  const npm = (await run('bash', ['-c', 'command -v npm'])).stdout.trim()
  const install = join(import.meta.dirname, 'npm-ci.mjs')
  const script = `if [ "$1" = ci ]; then exec '${process.execPath}' '${install}'; fi\nexec '${npm}' "$@"\n`
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, 'npm'), `#!/usr/bin/env bash\n${script}`, { mode: 0o755 })
}

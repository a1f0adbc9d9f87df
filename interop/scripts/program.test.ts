import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Home } from '../workspace.ts'
import { ensureBuilt, run, temporaryHome, workspace } from '../workspace.ts'
import type { Project } from './project.ts'
import { createProject } from './project.ts'

let home: Home
let count = 0

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
})

afterAll(async () => {
  await home?.remove()
})

function project(): Promise<Project> {
  count += 1
  return createProject(home, { name: `project ${count}`, yaml: 'destinations: []\n' })
}

const scripts = ['publish-oci.sh', 'package-helm-chart.sh']

const options: Readonly<Record<string, readonly string[]>> = {
  'publish-oci.sh': [
    ...[
      '--help',
      '--chart',
      '--registry',
      '--namespace',
      '--output',
      '--version',
      '--username',
      '--password',
    ],
    ...[
      '--password-stdin',
      '--skip-login',
      '--skip-lint',
      '--skip-test',
      '--tag-latest',
      'CHART_PATH',
      'OCI_REGISTRY',
    ],
    ...[
      'OCI_NAMESPACE',
      'OUTPUT_DIR',
      'OVERRIDE_VERSION',
      'REGISTRY_USERNAME',
      'REGISTRY_PASSWORD',
      'SKIP_LOGIN',
    ],
    ...['SKIP_LINT', 'SKIP_TEST', 'TAG_LATEST'],
  ],
  'package-helm-chart.sh': [
    ...['--help', '--chart', '--output', '--repo-url', '--version', '--sign', '--update-index', '--publish'],
    ...[
      '--skip-lint',
      '--skip-test',
      'CHART_PATH',
      'OUTPUT_DIR',
      'REPO_URL',
      'OVERRIDE_VERSION',
      'SIGN_CHART',
    ],
    ...['GPG_KEY', 'GPG_KEYRING', 'SKIP_LINT', 'SKIP_TEST'],
  ],
}

describe.each(scripts)('S57 S58 %s as a program', (name) => {
  it('S57 S58 --help prints every option to standard output', async () => {
    const { script } = await project()
    for (const flag of ['-h', '--help']) {
      const { code, stdout } = await script(name, [flag])
      expect({ code, missing: options[name]?.filter((option) => !stdout.includes(option)) }).toEqual({
        code: 0,
        missing: [],
      })
    }
  })

  it.each([
    ['an unknown option', ['--nope'], 2, 'unknown option: --nope'],
    ['an option without its value', ['--chart'], 2, '--chart needs a value'],
    ['a folder without a chart', ['--chart', '/nowhere'], 4, 'no chart in /nowhere'],
  ])('S57 S58 %s ends with a sentence on standard error', async (_, args, code, text) => {
    const { script } = await project()
    const ended = await script(name, args)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toContain(text)
  })

  it('S57 S58 names the one command to run when chartroom is not there', async () => {
    const { script, folder } = await project()
    const ended = await script(name, [], { env: { CHARTROOM: undefined } })
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toContain(`Run: (cd '${folder}' && npm run quickstart)`)
    const other = await script(name, [], { env: { CHARTROOM: '/nowhere/chartroom' } })
    expect(other).toMatchObject({ code: 1, stdout: '' })
    expect(other.stderr).toContain('/nowhere/chartroom')
  })

  it('S57 S58 prints no colours when nobody watches', async () => {
    const { script } = await project()
    expect((await script(name, ['--nope'], { env: { TERM: 'xterm' } })).stderr).not.toContain('\u001b')
  })
})

// A real bash 3.2 is not at hand here: what newer ones brought is looked for instead.
const newer = [
  ...[
    /\b(mapfile|readarray|coproc)\b/,
    /(declare|local|typeset) -[A-Za-z]*[Ang]/,
    /\$\{[^}]*(,,|\^\^|@[A-Z])\}/,
  ],
  ...[
    /&>>/,
    /\|&/,
    /\[\[ -v/,
    /\bwait -n/,
    /;;&|;&$/m,
    /printf '[^']*%\(/,
    /\$\{[^}]*: -\d/,
    /\$\{![a-z_]+@\}/,
  ],
]
// GNU alone has these; macOS has none of them.
const gnu = [
  /\bgrep -[a-zA-Z]*P/,
  /\bsed (-[a-z]+ )*-i\b/,
  /\breadlink -f/,
  /\bsort -[a-zA-Z]*V/,
  /\bstat -c/,
  /\bdate -d/,
]

describe('the scripts as text', () => {
  it.each(['common.sh', 'page.sh', ...scripts])(
    'S57 S58 %s keeps to what bash 3.2 and macOS know',
    async (name) => {
      const path = join(workspace, 'deployments', 'scripts', name)
      const text = await readFile(path, 'utf8')
      expect(await run('bash', ['-n', path])).toMatchObject({ code: 0, stderr: '' })
      const found = [...newer, ...gnu, /\beval\b/].flatMap((pattern) => pattern.exec(text)?.[0] ?? [])
      expect(found).toEqual([])
    },
  )
})

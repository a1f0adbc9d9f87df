import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workspace } from '../workspace.ts'
import { offencesOf } from './rules.ts'
import { readWorkflow } from './workflow.ts'

const folder = join(workspace, '.github', 'workflows')
const files = readdirSync(folder).sort()

describe('each workflow of this repository', () => {
  it.each(files)('%s is what GitHub takes, and keeps to the rules', async (file) => {
    const workflow = await readWorkflow(file, readFileSync(join(folder, file), 'utf8'))
    expect(workflow.jobs.length).toBeGreaterThan(0)
    expect(offencesOf(workflow)).toEqual([])
  })

  it.each(files)('%s has a test that runs it', (file) => {
    expect(existsSync(join(import.meta.dirname, file.replace(/yml$/, 'test.ts')))).toBe(true)
  })
})

describe('the rules', () => {
  const job = (steps: string, more = ''): string =>
    `on: push\npermissions: {}\nconcurrency: one\njobs:\n  a:\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n${more}    steps:\n${steps}`

  it.each([
    [
      'what a user wrote in a script',
      job('      - run: echo ${{ github.event.pull_request.title }}\n'),
      /github\.event/,
    ],
    [
      'the name of a branch in a script',
      job('      - run: echo ${{ github.head_ref }}\n'),
      /github\.head_ref/,
    ],
    [
      'an input in a script',
      job('      - run: echo ${{ inputs.tag }}\n').replace(
        'on: push',
        'on: {workflow_dispatch: {inputs: {tag: {type: string}}}}',
      ),
      /inputs\.tag/,
    ],
    [
      'an output in a script',
      job('      - id: x\n        run: echo\n      - run: echo ${{ steps.x.outputs.y }}\n'),
      /steps\.x/,
    ],
    [
      'an action by its tag',
      job('      - uses: actions/checkout@v4\n        with: {persist-credentials: false}\n'),
      /40 hexadecimal digits/,
    ],
    ['an action of somebody else', job(`      - uses: some/thing@${'a'.repeat(40)}\n`), /not one of/],
    [
      'a checkout that keeps its login',
      job(`      - uses: actions/checkout@${'a'.repeat(40)} # v4\n`),
      /persist-credentials/,
    ],
    [
      'a checkout that a private repository would refuse',
      job(
        `      - uses: actions/checkout@${'a'.repeat(40)} # v4.0.0\n        with: {persist-credentials: false}\n`,
      ),
      /a: checks out without contents: read/,
    ],
    [
      'an action without its version beside it',
      job(`      - uses: actions/setup-node@${'a'.repeat(40)}\n`),
      /version/,
    ],
    ['no permissions', job('      - run: echo\n').replace('permissions: {}\n', ''), /permissions/],
    ['all permissions', job('      - run: echo\n', '    permissions: write-all\n'), /permissions/],
    ['no end', job('      - run: echo\n').replace('    timeout-minutes: 5\n', ''), /timeout/],
    ['no concurrency', job('      - run: echo\n').replace('concurrency: one\n', ''), /concurrency/],
  ])('refuse %s', async (_, text, reason) => {
    const offences = offencesOf(await readWorkflow('x.yml', text))
    expect(offences.join('\n')).toMatch(reason)
  })
})

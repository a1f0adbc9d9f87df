import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate, holds } from './expression.ts'
import type { Scope, Value } from './expression.ts'
import type { Machine } from './machine.ts'
import { runWorkflow, secretsShown } from './runner.ts'
import type { WorkflowResult } from './runner.ts'
import { Expression, readWorkflow } from './workflow.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-workflows-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(jobs: string): Promise<WorkflowResult> {
  const machine: Machine = {
    repository: 'Me/app',
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
    folder,
    env: { PATH: process.env['PATH'] },
    tokenFor: () => 'ghs_0123456789',
  }
  const workflow = await readWorkflow(
    'test.yml',
    `on: push\npermissions: {}\nenv:\n  ONE: '1'\njobs:\n${jobs}`,
  )
  return runWorkflow(machine, workflow, { name: 'push', ref: 'refs/heads/main', sha: 'a'.repeat(40) })
}

function job(steps: string, more = ''): string {
  return `  it:\n    runs-on: ubuntu-latest\n${more}    steps:\n${steps}`
}

describe('an expression', () => {
  const scope: Scope = {
    status: 'success',
    hashFiles: () => '',
    contexts: { github: { ref: 'refs/tags/v1', event: { list: ['a', 'b'] } }, inputs: { tag: '' } },
  }
  const of = (text: string): Value => evaluate(new Expression(text), scope)

  it.each<[string, Value]>([
    ['inputs.tag || github.ref', 'refs/tags/v1'],
    ["inputs.tag && format('refs/tags/{0}', inputs.tag) || 'none'", 'none'],
    ["startsWith(github.ref, 'refs/tags/') && endsWith(github.ref, 'V1')", true],
    ["contains(github.event.list, 'b')", true],
    ["join(github.event.list, '-')", 'a-b'],
    ['fromJSON(toJSON(github.event)).list[0]', 'a'],
    ['github.absent.further', null],
    ["!(1 == '1') || 2 > 1", true],
  ])('%s', (text, value) => {
    expect(of(text)).toEqual(value)
  })

  it('that names no context is an error', () => {
    expect(() => of('nobody.knows')).toThrow(/Unrecognized named-value/)
  })

  it.each([
    ['success', undefined, true],
    ['failure', undefined, false],
    ['failure', "github.ref == 'refs/tags/v1'", false],
    ['failure', 'always()', true],
    ['failure', "${{ failure() && github.ref == 'refs/tags/v1' }}", true],
    ['success', "${{ github.ref == 'refs/tags/v2' }}", false],
  ] as const)('decides after a %s whether %s runs', (status, condition, runs) => {
    expect(holds(condition, { ...scope, status })).toBe(runs)
  })
})

describe('a workflow', () => {
  it('that GitHub would refuse is refused with its reasons', async () => {
    await expect(readWorkflow('bad.yml', 'on: push\njobs:\n  a:\n    steps: []\n')).rejects.toThrow(/runs-on/)
    await expect(
      readWorkflow(
        'bad.yml',
        'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ nobody.x }}\n',
      ),
    ).rejects.toThrow(/nobody/)
  })

  it('hands outputs, variables, paths and summaries from step to step and from job to job', async () => {
    const { conclusion, jobs, log } = await run(`
  first:
    runs-on: ubuntu-latest
    outputs:
      said: \${{ steps.say.outputs.said }}
    env:
      TWO: '2'
    steps:
      - id: say
        run: |
          printf 'said<<END\\none\\ntwo\\nEND\\n' >> "$GITHUB_OUTPUT"
          echo "THREE=3" >> "$GITHUB_ENV"
          mkdir bin && printf '#!/bin/sh\\necho from the path\\n' > bin/mine && chmod +x bin/mine
          echo "$PWD/bin" >> "$GITHUB_PATH"
      - run: mine && echo "$ONE$TWO$THREE$FOUR" && echo '# all' >> "$GITHUB_STEP_SUMMARY"
        env:
          FOUR: '4'
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: echo "$SAID"
        env:
          SAID: \${{ needs.first.outputs.said }}
`)
    expect(conclusion, log).toBe('success')
    expect(log).toContain('from the path\n1234\n')
    expect(jobs['first']?.summary).toBe('# all\n')
    expect(jobs['second']?.log).toContain('one\ntwo\n')
  })

  it('goes on after a failure only where it is told to', async () => {
    const { conclusion, jobs } = await run(`
  first:
    runs-on: ubuntu-latest
    steps:
      - run: exit 3
      - run: echo not here
      - if: failure()
        run: echo but here
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: echo never
  third:
    needs: second
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: exit 1
        continue-on-error: true
      - run: echo at last
`)
    expect(conclusion).toBe('failure')
    expect(jobs['first']?.steps.map(({ conclusion: one }) => one)).toEqual(['failure', 'skipped', 'success'])
    expect(jobs['second']?.result).toBe('skipped')
    expect(jobs['third']?.result).toBe('success')
  })

  it('runs the legs of a matrix, and after one that failed no more unless it is told to', async () => {
    const legs = (more: string): string => `
  first:
    strategy:
${more}      matrix:
        os: [ubuntu-latest]
        code: [0, 1, 2]
    runs-on: \${{ matrix.os }}
    steps:
      - run: exit "$CODE"
        env:
          CODE: \${{ matrix.code }}
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: echo never
`
    const results = ({ listed }: WorkflowResult): string[] =>
      listed.map(({ name, result }) => `${name}: ${result}`)
    const fast = await run(legs(''))
    expect(results(fast)).toEqual([
      'first (ubuntu-latest, 0): success',
      'first (ubuntu-latest, 1): failure',
      'first (ubuntu-latest, 2): cancelled',
      'second: skipped',
    ])
    expect([fast.conclusion, fast.jobs['first']?.result]).toEqual(['failure', 'failure'])
    expect(results(await run(legs('      fail-fast: false\n')))[2]).toBe('first (ubuntu-latest, 2): failure')
  })

  it('fails at a broken pipe in bash, and at what takes too long', async () => {
    const pipe = await run(job('      - run: exit 1 | cat\n        shell: bash\n'))
    expect(pipe.conclusion).toBe('failure')
    const plain = await run(job('      - run: exit 1 | cat\n'))
    expect(plain.conclusion).toBe('success')
    const long = await run(job('      - run: sleep 60\n        timeout-minutes: 0.005\n'))
    expect(long.conclusion).toBe('failure')
    expect(long.log).toContain('its time is over')
  })

  it('still sets outputs by the old command, hides what is masked, and heeds no command while stopped', async () => {
    const { jobs } = await run(
      job(`
      - id: old
        name: old commands
        run: |
          echo '::add-mask::hidden-value'
          echo '::set-output name=digest::wrong'
          echo '::stop-commands::token-1'
          echo '::set-output name=digest::stopped'
          echo '::token-1::'
          echo '::error file=a.yaml::two%0Alines'
`),
    )
    expect(jobs['it']).toMatchObject({
      masks: ['hidden-value'],
      annotations: ['error file=a.yaml: two\nlines'],
    })
    expect(jobs['it']?.steps[0]?.outputs).toEqual({ digest: 'wrong' })
    expect(jobs['it']?.log).not.toContain('hidden-value')
  })

  it('is searched for its tokens, in the forms that they travel in', async () => {
    const well = await run(
      job('      - run: echo "${#TOKEN}"\n        env:\n          TOKEN: ${{ github.token }}\n'),
    )
    expect(secretsShown(well)).toEqual([])
    for (const said of ['$TOKEN', '$(printf "x-access-token:%s" "$TOKEN" | base64)']) {
      const shown = await run(
        job(
          `      - run: echo "${said}" >> "$GITHUB_STEP_SUMMARY"\n        env:\n          TOKEN: \${{ github.token }}\n`,
        ),
      )
      expect(secretsShown(shown)).not.toEqual([])
    }
  })

  it('uploads artifacts, and has one digest for the files that match', async () => {
    const { jobs } = await run(
      job(`
      - run: mkdir -p a/b && echo one > a/b/one.txt && echo two > two.txt
      - uses: actions/upload-artifact@v1
        with:
          name: texts
          path: a
      - id: digest
        run: |
          echo "some=$SOME" >> "$GITHUB_OUTPUT"
          echo "none=$NONE" >> "$GITHUB_OUTPUT"
        env:
          SOME: \${{ hashFiles('**/*.txt') }}
          NONE: \${{ hashFiles('*.md') }}
`),
    )
    const uploaded = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    expect(uploaded.some((path) => path.endsWith(join('artifacts', 'texts', 'a', 'b', 'one.txt')))).toBe(true)
    expect(jobs['it']?.steps.at(-1)?.outputs).toEqual({
      some: expect.stringMatching(/^[0-9a-f]{64}$/),
      none: '',
    })
  })

  it('uses no action but those that are known', async () => {
    await expect(run(job('      - uses: somebody/else@v1\n'))).rejects.toThrow(/may be used/)
  })
})

import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { limits } from '../../limits.ts'
import type { GitProgramOptions } from './program.ts'
import { runGit } from './program.ts'

const env = { PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }

function options(more: Partial<GitProgramOptions> = {}): GitProgramOptions {
  return { env, cwd: temporaryFolder(), idleTimeout: 20_000, ...more }
}

/** A command of git that runs a script. */
function script(text: string): string[] {
  return ['-c', `alias.script=!f() { ${text}; }; f`, 'script']
}

describe('runGit', () => {
  it('gives what git says and ends with', async () => {
    const { code, stdout } = await runGit(['hash-object', '--stdin'], { input: 'text' }, options())
    const id = createHash('sha1').update('blob 4\0text').digest('hex')
    expect([code, stdout.toString()]).toEqual([0, `${id}\n`])
    const refused = await runGit(['no-such-command'], { input: 'not read' }, options())
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('is not a git command') })
  })

  it('ends a git that says nothing, with all that it has started', async () => {
    const given = options({ idleTimeout: 300 })
    const late = join(given.cwd, 'late')
    await expect(runGit(script(`sleep 1; touch '${late}'`), {}, given)).rejects.toMatchObject({
      code: 'TIMEOUT',
    })
    await sleep(1200)
    expect(existsSync(late)).toBe(false)
  })

  it('does not end one that says something, or stores something, now and then', async () => {
    const talking = await runGit(
      script('for i in 1 2 3 4; do sleep 0.2; echo $i >&2; done'),
      {},
      options({ idleTimeout: 600 }),
    )
    expect(talking.code).toBe(0)
    const stored = join(temporaryFolder(), 'stored')
    writeFileSync(stored, '')
    let size = 0
    const growing = options({
      idleTimeout: 300,
      async progress() {
        appendFileSync(stored, 'x')
        return ++size
      },
    })
    expect((await runGit(script('sleep 1'), {}, growing)).code).toBe(0)
  })

  it('ends it when it is told to', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const given = options({ signal: controller.signal })
    await expect(runGit(script('sleep 5'), {}, given)).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('does not wait for what git leaves in the background', async () => {
    expect((await runGit(script('sleep 20 & echo done'), {}, options())).stdout.toString()).toBe('done\n')
  })

  it('takes no more than the limit', async () => {
    await expect(runGit(script('yes'), { maxBytes: 100_000 }, options())).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
    const { stderr } = await runGit(
      script(`head -c ${limits.gitErrorCharacters + 1000} /dev/zero | tr '\\0' x >&2; echo end >&2`),
      {},
      options(),
    )
    expect(stderr).toHaveLength(limits.gitErrorCharacters)
    expect(stderr.endsWith('xend\n')).toBe(true)
  })
})

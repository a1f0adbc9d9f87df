import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import type { World } from '../test/world.ts'
import { world } from '../test/world.ts'
import { helperErase, helperGet, helperStore } from './helper.ts'

const notFound = 'echo "credentials not found in native keychain"; exit 1'

function get(script: string, timeout?: number): ReturnType<typeof helperGet> {
  const { env, helper } = world()
  helper('x', script)
  return helperGet('x', 'a.test', { env, timeout })
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Error) return error
  throw new Error('it did not fail')
}

/** A helper that keeps its verb and what it was told in files. */
function recorder(): World & { readonly told: () => string } {
  const made = world()
  made.helper('x', `printf '%s ' "$@" > "$HOME/told"; cat >> "$HOME/told"`)
  return { ...made, told: () => readFileSync(join(made.env.HOME ?? '', 'told'), 'utf8') }
}

describe.skipIf(process.platform === 'win32')('helperGet', () => {
  it('gives user and password, and names the server on standard input alone', async () => {
    const { env, helper } = world()
    helper('x', `read -r server; echo "{\\"Username\\":\\"$1/$#\\",\\"Secret\\":\\"$server\\"}"`)
    expect(await helperGet('x', 'a.test', { env })).toEqual({ Username: 'get/1', Secret: 'a.test' })
  })

  it('takes the words for nothing found, and an empty login, for none', async () => {
    expect(await get(notFound)).toBeUndefined()
    expect(await get(`echo '{"Username":"","Secret":""}'`)).toBeUndefined()
  })

  it('takes the answer of a helper that does not read', async () => {
    expect(await get(`exec <&-; echo '{"Username":"u","Secret":"s"}'`)).toMatchObject({ Username: 'u' })
  })

  it.each([
    ['garbage', 'echo hunter2-is-no-json', /something else than a login/],
    ['nothing', 'true', /something else than a login/],
    ['half a login', `echo '{"Username":"u"}'`, /something else than a login/],
    ['a list', `echo '["hunter2"]'`, /something else than a login/],
    ['null', 'echo null', /something else than a login/],
    ['a number for a secret', `echo '{"Username":"u","Secret":5}'`, /something else than a login/],
    ['its own words', 'echo the keychain is locked; exit 1', /get failed: the keychain is locked$/],
    ['no words', 'exit 3', /get failed: it ended with 3$/],
    ['a login and a failure', `echo '{"Username":"u","Secret":"hunter2"}'; exit 1`, /it ended with 1$/],
    ['a signal', 'kill -9 $$', /it ended with 1$/],
  ])('fails on %s, and quotes no secret', async (_, script, message) => {
    const error = await failureOf(get(script))
    expect(error).toMatchObject({ code: 'IO', hint: expect.stringContaining('PATH') })
    expect(error.message).toMatch(message)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2')
  })

  it('waits no longer than it may, also for what the helper started', async () => {
    const hangs = await failureOf(get('sleep 20', 150))
    expect(hangs).toMatchObject({ code: 'TIMEOUT' })
    const stubborn = await failureOf(get(`trap '' TERM; sleep 20 & wait`, 150))
    expect(stubborn.message).toMatch(/did not answer within 1 s/)
  })

  it('leaves nothing open that would keep the process from ending', async () => {
    const open = (): number => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length
    const before = open()
    await failureOf(get('sleep 20 & wait', 150))
    await vi.waitFor(() => expect(open()).toBe(before))
  })

  it('reads no more than its limit, and quotes nothing of it', async () => {
    const error = await failureOf(get('yes hunter2'))
    expect(error.message).toMatch(/answered with more than 1048576 bytes/)
  })

  it.each(['../x', 'a/b', '', 'a b', '$(id)', 'x;y'])('runs nothing for the name %j', async (name) => {
    const { env } = world()
    const error = await failureOf(helperGet(name, 'a.test', { env }))
    expect(error.message).toMatch(/no name of a helper/)
  })

  it('says that there is no such helper', async () => {
    const { env } = world()
    const error = await failureOf(helperGet('absent', 'a.test', { env }))
    expect(error.message).toMatch(/docker-credential-absent.*ENOENT/)
  })
})

describe.skipIf(process.platform === 'win32')('helperStore', () => {
  it('gives the login on standard input alone', async () => {
    const { env, told } = recorder()
    await helperStore('x', { ServerURL: 'a.test', Username: 'u', Secret: 'hunter2' }, { env })
    expect(told()).toBe('store {"ServerURL":"a.test","Username":"u","Secret":"hunter2"}')
  })

  it('says why it failed, without the secret the helper repeats', async () => {
    const { env, helper } = world()
    helper('x', 'echo cannot keep hunter2; exit 1')
    const login = { ServerURL: 'a.test', Username: 'u', Secret: 'hunter2' }
    const error = await failureOf(helperStore('x', login, { env }))
    expect(error.message).toMatch(/store failed: cannot keep \*\*\*$/)
  })
})

describe.skipIf(process.platform === 'win32')('helperErase', () => {
  it('names the server, and says whether there was a login', async () => {
    const { env, helper, told } = recorder()
    expect(await helperErase('x', 'a.test', { env })).toBe(true)
    expect(told()).toBe('erase a.test')
    helper('x', notFound)
    expect(await helperErase('x', 'a.test', { env })).toBe(false)
  })

  it('says why it failed', async () => {
    const { env, helper } = world()
    helper('x', 'echo locked; exit 1')
    expect(await failureOf(helperErase('x', 'a.test', { env }))).toMatchObject({ code: 'IO' })
    expect(existsSync(join(env.HOME ?? '', 'told'))).toBe(false)
  })
})

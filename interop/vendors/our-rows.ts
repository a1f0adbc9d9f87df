import { expect, it } from 'vitest'
import type { Expected, Scene } from './scene.ts'
import { chartOf, done, isBlobPut, loggedIn, publishing } from './scene.ts'
import { said } from './stage.ts'

/** Our program, where all is well. */
export function ourRows(scene: () => Scene, { renewedFrom }: Expected): void {
  it('S2 login, publish, versions, show and pull work', async () => {
    const { at, stage, vendor } = scene()
    const { username, password } = vendor.writer
    const person = await stage.person('writer')
    const login = ['login', vendor.host, '--username', username, '--password-stdin']
    expect(await person.ours(login, { input: `${password}\n` })).toMatchObject({
      code: 0,
      stdout: 'Login Succeeded\n',
    })
    const json = async <T>(args: readonly string[]): Promise<T> => {
      const ended = await person.ours([...args, '-o', 'json'])
      expect(ended.code, ended.stderr).toBe(0)
      expect(said(ended)).not.toContain(password)
      return JSON.parse(ended.stdout) as T
    }
    const first = await json<ChartsOutput>(publishing(stage.archive, at))
    const again = await json<ChartsOutput>(publishing(stage.archive, at))
    const actions = [first, again].map((one) => one.charts[0]?.destinations[0]?.action)
    expect(actions).toEqual(['create', 'unchanged'])
    expect(await json(['versions', `${at}/app`])).toMatchObject({ versions: [{ version: '0.1.0' }] })
    expect((await person.ours(['show', 'chart', `${at}/app`])).stdout).toContain('name: app')
    const pulled = await json<ChartsOutput>(['pull', `${at}/app`, '--version', '0.1.0'])
    expect(pulled.charts[0]?.digest).toBe(stage.digest)
  })

  it('S2 the variables of an account alone publish', async () => {
    const { at, stage, vendor } = scene()
    if (Object.keys(vendor.accountEnv).length === 0) return
    const person = await stage.person('account')
    const env = vendor.accountEnv
    const text = await done(person.ours(publishing(await chartOf(person, 'account'), at), { env }))
    for (const secret of Object.values(env).filter(isSecret)) expect(text).not.toContain(secret)
  })

  it('a token that ends in the middle of a push is renewed', async () => {
    const { at, stage, vendor } = scene()
    const byAccount = renewedFrom === 'account'
    const person = byAccount ? await stage.person('expiring') : await loggedIn(scene(), 'expiring')
    vendor.expireTokensAt(isBlobPut)
    const env = byAccount ? vendor.accountEnv : {}
    await done(person.ours(publishing(await chartOf(person, 'expiring'), at), { env }))
    expect(vendor.ledger.tags(`${vendor.namespace}/expiring`)).toEqual(['0.1.0'])
  })

  it('prune removes all versions but the newest', async () => {
    const { at, vendor } = scene()
    const person = await loggedIn(scene(), 'pruner')
    const versions = ['0.1.0', '0.2.0', '0.10.0']
    for (const version of versions)
      await done(person.ours(publishing(await chartOf(person, 'pruned', version), at)))
    const path = `${vendor.namespace}/pruned`
    expect(await done(person.ours(['prune', `${at}/pruned`, '--keep', '1']))).toContain('pass --yes')
    expect(vendor.ledger.tags(path)).toHaveLength(3)
    await done(person.ours(['prune', `${at}/pruned`, '--keep', '1', '--yes'], { env: vendor.accountEnv }))
    expect(vendor.ledger.tags(path)).toEqual(['0.10.0'])
  })
}

interface ChartsOutput {
  readonly charts: readonly {
    readonly digest: string
    readonly destinations: readonly { readonly action: string }[]
  }[]
}

/** Longer than a name, and no path or address. */
function isSecret(value: string): boolean {
  return value.length > 20 && !value.includes('/')
}

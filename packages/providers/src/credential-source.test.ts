import { ChartroomError, Secret } from '@chartroom/errors'
import type { Credential, CredentialSource, Origin } from '@chartroom/oci'
import { createTransport } from '@chartroom/oci'
import { describe, expect, it } from 'vitest'
import { environmentCredentials, withDerivedCredentials } from './credential-source.ts'
import type { DerivedLogin, LoginWays, Provider } from './provider.ts'
import type { ProviderEntry } from './provider-table.ts'
import { providerTable } from './provider-table.ts'

const origin: Origin = { scheme: 'https', host: 'registry.example.com' }
const hour = 3_600_000

function basic(source: string): Credential {
  return { kind: 'basic', username: 'me', password: new Secret(source), source }
}

interface World {
  readonly source: CredentialSource
  readonly warnings: readonly string[]
  readonly asked: () => number
  readonly pass: (milliseconds: number) => void
}

/** A source over a vendor whose derived logins are these, one after the other. */
function world(
  derive: readonly (DerivedLogin | Error | undefined)[],
  { stored, passwordsEnd, given }: { stored?: Credential; passwordsEnd?: boolean; given?: boolean } = {},
): World {
  let [time, asked] = [0, 0]
  const warnings: string[] = []
  const login: LoginWays = {
    sources: ['a test'],
    passwordsEnd,
    derive() {
      const next = derive[Math.min(asked++, derive.length - 1)]
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
    },
  }
  const [any] = providerTable
  if (any === undefined) throw new Error('there is a vendor')
  const entry: ProviderEntry = {
    ...any,
    load: async (): Promise<Provider> => ({ ...(await any.load()), login }),
  }
  const source = withDerivedCredentials({
    context: {
      env: {},
      platform: 'linux',
      transport: createTransport(),
      run: () => Promise.resolve(undefined),
      now: () => time,
      onWarning: (message) => warnings.push(message),
    },
    stored: { credential: () => Promise.resolve(stored) },
    providerOf: () => entry,
    isGiven: () => Promise.resolve(given === true),
  })
  return { source, warnings, asked: () => asked, pass: (milliseconds) => void (time += milliseconds) }
}

const renew = async (source: CredentialSource, refused?: Credential): Promise<boolean> =>
  (await source.renew?.(origin, 'a/b', refused)) ?? false

describe('a derived login', () => {
  it('is not looked for until going without was refused, and then once for all', async () => {
    const { source, asked } = world([{ credential: basic('one') }])
    expect(await source.credential(origin)).toBeUndefined()
    expect(asked()).toBe(0)
    expect(await Promise.all([renew(source), renew(source)])).toEqual([true, true])
    expect(await source.credential(origin)).toMatchObject({ source: 'one' })
    expect(await renew(source)).toBe(true)
    expect(asked()).toBe(1)
  })

  it('is not used where one is kept', async () => {
    const { source, asked } = world([{ credential: basic('one') }], { stored: basic('kept') })
    expect(await source.credential(origin)).toMatchObject({ source: 'kept' })
    expect(await renew(source, basic('kept'))).toBe(false)
    expect(asked()).toBe(0)
  })

  it('takes the place of a kept one that is refused where passwords end by themselves', async () => {
    const stored = basic('a file')
    const { source, warnings } = world([{ credential: basic('the cloud') }], { stored, passwordsEnd: true })
    expect(await Promise.all([renew(source, stored), renew(source, stored)])).toEqual([true, true])
    expect(await source.credential(origin)).toMatchObject({ source: 'the cloud' })
    expect(warnings).toEqual([
      'registry.example.com refused the login from a file; the cloud gave another one',
    ])
  })

  it('never takes the place of one that was given for the run', async () => {
    const stored = basic('the command line')
    const { source, asked } = world([{ credential: basic('one') }], {
      stored,
      passwordsEnd: true,
      given: true,
    })
    expect(await renew(source, stored)).toBe(false)
    expect(asked()).toBe(0)
  })

  it('leaves a kept one that is refused in its place where there is no other', async () => {
    const stored = basic('a file')
    const { source, warnings } = world([undefined], { stored, passwordsEnd: true })
    expect(await renew(source, stored)).toBe(false)
    expect(await source.credential(origin)).toMatchObject({ source: 'a file' })
    expect(warnings).toEqual([])
  })

  it('that is nowhere is looked for once', async () => {
    const { source, asked } = world([undefined])
    expect(await renew(source)).toBe(false)
    expect(await renew(source)).toBe(false)
    expect(asked()).toBe(1)
  })

  it('that fails is a warning with what to do', async () => {
    const failure = new ChartroomError('UNAUTHENTICATED', 'the session has ended', { hint: 'Log in anew.' })
    const { source, warnings } = world([failure])
    expect(await renew(source)).toBe(false)
    expect(warnings).toEqual(['no login for registry.example.com: the session has ended (Log in anew.)'])
  })

  it.each([new ChartroomError('ABORTED', 'stopped'), new TypeError('a defect')])(
    'lets %s through',
    async (failure) => {
      await expect(renew(world([failure]).source)).rejects.toBe(failure)
    },
  )

  it('is renewed at four fifths of its life, within a run', async () => {
    const { source, asked, pass } = world([
      { credential: basic('one'), expiresAt: 12 * hour },
      { credential: basic('two'), expiresAt: 24 * hour },
    ])
    await renew(source)
    pass(9.5 * hour)
    expect(await source.credential(origin)).toMatchObject({ source: 'one' })
    pass(0.2 * hour)
    const both = await Promise.all([source.credential(origin), source.credential(origin)])
    expect(both).toMatchObject([{ source: 'two' }, { source: 'two' }])
    expect(asked()).toBe(2)
  })

  it('is used to its end where no other can be had', async () => {
    const { source, pass } = world([{ credential: basic('one'), expiresAt: 12 * hour }, undefined])
    await renew(source)
    pass(11 * hour)
    expect(await source.credential(origin)).toMatchObject({ source: 'one' })
  })

  it.each([undefined, -hour, 0, 1])(
    'with %s as its end is used, and not asked for with each request',
    async (end) => {
      const { source, asked } = world([{ credential: basic('one'), expiresAt: end }])
      expect(await renew(source)).toBe(true)
      expect(await source.credential(origin)).toMatchObject({ source: 'one' })
      expect(await source.credential(origin)).toMatchObject({ source: 'one' })
      expect(asked()).toBe(1)
    },
  )

  it('is renewed once when it is refused before its end, by all who were refused together', async () => {
    const { source, asked } = world([{ credential: basic('one') }, { credential: basic('two') }])
    await renew(source)
    const one = await source.credential(origin)
    expect(await Promise.all([renew(source, one), renew(source, one), renew(source, one)])).toEqual([
      true,
      true,
      true,
    ])
    expect(asked()).toBe(2)
    expect(await source.credential(origin)).toMatchObject({ source: 'two' })
  })

  it('that was just renewed is not renewed again: it is not its age that is refused', async () => {
    const { source, pass } = world([
      { credential: basic('one') },
      { credential: basic('two') },
      { credential: basic('three') },
    ])
    await renew(source)
    await renew(source, await source.credential(origin))
    const two = await source.credential(origin)
    expect(await renew(source, two)).toBe(false)
    pass(2 * 60_000)
    expect(await renew(source, two)).toBe(true)
    expect(await source.credential(origin)).toMatchObject({ source: 'three' })
  })

  it('is each host its own', async () => {
    const { source, asked } = world([{ credential: basic('one') }])
    await renew(source)
    expect(await source.credential({ ...origin, host: 'other.example.com' })).toBeUndefined()
    expect(await source.credential({ ...origin, scheme: 'http' })).toBeUndefined()
    expect(asked()).toBe(1)
  })
})

describe('a login of variables', () => {
  it('is that of the vendor of the host alone', async () => {
    const env = { DOCKERHUB_USERNAME: 'me', DOCKERHUB_TOKEN: 't' }
    const source = environmentCredentials({ env }, ({ host }) =>
      providerTable.find(({ detection }) => detection.matches(host)),
    )
    expect(await source.credential({ scheme: 'https', host: 'docker.io' })).toMatchObject({
      username: 'me',
      source: 'DOCKERHUB_USERNAME',
    })
    expect(await source.credential({ scheme: 'https', host: 'ghcr.io' })).toBeUndefined()
    expect(await source.credential({ scheme: 'https', host: 'example.com' })).toBeUndefined()
  })
})

import { hashSync } from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { Passwords } from './password.ts'

const hash = hashSync('right', 4)

describe('a password', () => {
  it('is right or wrong, and known at once when it is asked for again', async () => {
    const passwords = new Passwords({ hash: (user) => (user === 'alice' ? hash : undefined) })
    expect(await passwords.check('alice', 'right')).toBe(true)
    expect(await passwords.check('alice', 'wrong')).toBe(false)
    expect(await passwords.check('bob', 'right')).toBe(false)
    expect(passwords.check('alice', 'right')).toBe(true)
    expect(passwords.check('alice', 'wrong')).toBe(false)
    expect(passwords.check('bob', 'right')).toBe(false)
  })

  it('is forgotten when the stored hash is another', async () => {
    let stored = hash
    const passwords = new Passwords({ hash: () => stored })
    expect(await passwords.check('alice', 'right')).toBe(true)
    stored = hashSync('new', 4)
    expect(await passwords.check('alice', 'right')).toBe(false)
    expect(await passwords.check('alice', 'new')).toBe(true)
  })

  it('waits for a few others at most: RATE_LIMITED', async () => {
    const passwords = new Passwords({ hash: () => hash })
    const checks = Array.from({ length: limits.waitingChecks + 3 }, async (_, at) =>
      passwords.check('alice', String(at)),
    )
    const outcomes = await Promise.allSettled(checks)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(3)
    expect(refused[0]).toMatchObject({ reason: { code: 'RATE_LIMITED' } })
    expect(await passwords.check('alice', 'right')).toBe(true)
  })

  it('that bcrypt would not read to its end is wrong', () => {
    const passwords = new Passwords({ hash: () => hash })
    expect(passwords.check('alice', 'x'.repeat(limits.passwordBytes + 1))).toBe(false)
  })

  it('is forgotten when many others came since', async () => {
    const passwords = new Passwords({ hash: () => hash })
    expect(await passwords.check('alice', 'right')).toBe(true)
    for (let at = 0; at < limits.rememberedChecks; at += 1) await passwords.check('alice', String(at))
    expect(passwords.check('alice', 'right')).toBeInstanceOf(Promise)
  })
})

import { compareSync } from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import { nodePorts } from '../node/ports.ts'
import { portablePorts } from '../portable-ports.ts'
import { cryptoFunctions } from './crypto.ts'
import { randomFunctions } from './random.ts'
import type { GoldenCall } from '../../test/golden-crypto.ts'
import { answerTo, callOrError, goldenCrypto } from '../../test/golden-crypto.ts'

const platforms = { Node: nodePorts, 'any other platform': portablePorts(globalThis) }

describe.each(Object.entries(platforms))('on %s', (_, ports) => {
  const functions = new Map([...cryptoFunctions(ports), ...randomFunctions(ports)])

  it.each(['digests', 'passwords', 'ciphers', 'errors'])('the %s are those of Sprig', (name) => {
    // scrypt is slow where it is not OpenSSL's: every fourth call is enough there.
    const isSlow = name === 'passwords' && ports !== nodePorts
    const calls = goldenCrypto<GoldenCall[]>(name).filter((_call, index) => !isSlow || index % 4 === 0)
    const answers = calls.map((call) => ({ call, answer: answerTo(functions, call) }))
    expect(answers.filter(({ call, answer }) => answer !== (call.gives ?? call.error))).toEqual([])
  })

  it('what encryptAES makes, decryptAES reads', () => {
    const once = callOrError(functions, 'encryptAES', ['key', 'é€😀'])
    const again = callOrError(functions, 'encryptAES', ['key', 'é€😀'])
    expect(once).not.toBe(again)
    expect(callOrError(functions, 'decryptAES', ['key', once])).toBe('é€😀')
  })

  it('htpasswd gives the user and a hash as bcrypt of Go makes them', () => {
    const line = String(callOrError(functions, 'htpasswd', ['user', 'pässword']))
    expect(line).toMatch(/^user:\$2a\$10\$[./A-Za-z0-9]{53}$/)
    expect(compareSync('pässword', line.slice(5))).toBe(true)
    expect(compareSync('password', line.slice(5))).toBe(false)
  })
})

describe('bcrypt', () => {
  it.each(goldenCrypto<{ password: string; hash: string }[]>('bcrypt'))(
    'of Go hashes $password as ours would',
    ({ password, hash }) => {
      expect(compareSync(password, hash)).toBe(true)
    },
  )

  it('refuses bytes that no JavaScript string holds', () => {
    expect(callOrError(cryptoFunctions(nodePorts), 'bcrypt', ['\udcff'])).toBe(
      'bcrypt takes no bytes that are not UTF-8',
    )
  })
})

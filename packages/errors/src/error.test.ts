import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  asChartroomError,
  ChartroomError,
  exitCodeOf,
  hasCode,
  printable,
  redactUrl,
  Secret,
} from './index.ts'

describe('ChartroomError', () => {
  it('carries a code that decides the exit code', () => {
    expect(exitCodeOf(new ChartroomError('CONFLICT', 'x'))).toBe(5)
    expect(exitCodeOf(new Error('x'))).toBe(1)
  })

  it('drops terminal escapes from its message', () => {
    expect(new ChartroomError('IO', 'a\u001b[31mred\u0007\u202e').message).toBe('a[31mred')
  })

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EFBIG', 'DISK_FULL'],
    ['ENOENT', 'FILE_NOT_FOUND'],
    ['EACCES', 'IO'],
  ] as const)('wraps the system error %s as %s', (system, code) => {
    expect(hasCode(asChartroomError(Object.assign(new Error('x'), { code: system })), code)).toBe(true)
  })

  it('says in words what the system refused, where, and what to do', () => {
    const missing = join(tmpdir(), 'no-such-folder', 'file')
    expect(asChartroomError(thrownBy(() => readFileSync(missing)))).toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: `${missing}: no such file or directory`,
      hint: 'Check the path.',
    })
    const full = Object.assign(new Error('EFBIG: file too large, write'), { code: 'EFBIG' })
    expect(asChartroomError(full)).toMatchObject({
      code: 'DISK_FULL',
      message: 'no space left to write: file too large',
      hint: expect.stringContaining('Free some space') as string,
    })
    expect(asChartroomError(thrownBy(() => readdirSync(process.execPath)))).toMatchObject({
      code: 'IO',
      hint: expect.stringContaining('in the way') as string,
    })
  })

  it('calls any other error a defect of its own', () => {
    for (const value of [new TypeError('x is not a function'), 'text', undefined])
      expect(asChartroomError(value)).toMatchObject({ code: 'INTERNAL', hint: undefined })
  })
})

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('Secret', () => {
  it('prints as stars everywhere but in reveal', () => {
    const secret = new Secret('hunter2')
    expect([`${secret}`, JSON.stringify({ secret }), inspect({ secret }), secret.reveal()]).toEqual([
      '***',
      '{"secret":"***"}',
      '{ secret: *** }',
      'hunter2',
    ])
  })
})

describe('redactUrl', () => {
  it.each([
    ['https://user:pw@host/x?token=abc&a=1', 'https://host/x?token=***&a=1'],
    ['https://u:p@ho st/x', 'https://ho st/x'],
    ['https://h/x?X-Amz-Signature=q', 'https://h/x?X-Amz-Signature=***'],
    ['not a url', 'not a url'],
  ])('%s becomes %s', (from, to) => {
    expect(redactUrl(from)).toBe(to)
  })
})

describe('a message', () => {
  it.each([
    ['http://me:hunter2@host/x is wrong', 'http://host/x is wrong'],
    ['oci://me:hun@ter2@host/x, https://a:b@c', 'oci://host/x, https://c'],
    ['oci://host/app@sha256:0 and me@host', 'oci://host/app@sha256:0 and me@host'],
  ])('%s is %s', (given, message) => {
    expect(new ChartroomError('USAGE', given).message).toBe(message)
  })

  it('of many beginnings of an address is read in time', () => {
    expect(new ChartroomError('USAGE', '://'.repeat(200_000)).message).toHaveLength(600_000)
  })
})

describe('printable', () => {
  it('keeps tab, newline and other scripts', () => {
    expect(printable('é\t\n日本')).toBe('é\t\n日本')
  })
})

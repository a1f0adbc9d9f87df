import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCodeFile } from './code-file.ts'
import { writeCodeFile } from './keep-code.ts'

const origin = { build: 'abc', node: 'v20 x64' }
const scripts = new Map([
  ['main.cjs', Uint8Array.of(1, 2, 3)],
  ['empty.cjs', new Uint8Array()],
  ['other.cjs', Uint8Array.from({ length: 16 }, (_, i) => i)],
])

const text = '({ "main.cjs": function () {} })'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartroom-code-'))
  file = join(folder, 'code')
  writeCodeFile(file, origin, { writes: 2, text, scripts })
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('a file of compiled code', () => {
  it('gives back what was written', () => {
    const found = readCodeFile(file, origin)
    expect(found?.writes).toBe(2)
    expect(found?.text).toBe(text)
    expect([...(found?.scripts ?? [])].map(([name, code]) => [name, [...code]])).toEqual(
      [...scripts].map(([name, code]) => [name, [...code]]),
    )
  })

  it('is of one piece, and for its owner alone', () => {
    expect(readdirSync(folder)).toEqual(['code'])
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['of another build', { ...origin, build: 'abd' }],
    ['of another Node, or one with other flags', { ...origin, node: 'v20 x64 --max-lazy' }],
  ])('is not taken when it is %s', (_what, other) => {
    expect(readCodeFile(file, other)).toBeUndefined()
  })

  it('is not taken when a part of it is missing, wherever it ends', () => {
    const whole = readFileSync(file)
    for (let length = whole.length - 1; length > whole.indexOf(0); length--) {
      writeFileSync(file, whole.subarray(0, length))
      expect(readCodeFile(file, origin)).toBeUndefined()
    }
    writeFileSync(file, whole.subarray(0, 10))
    expect(readCodeFile(file, origin)).toBeUndefined()
  })
})

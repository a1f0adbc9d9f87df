import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { programRunner } from './run-program.ts'

/** A program in Node of the name in a folder of its own, and what runs programs from there. */
function program(source: string, timeout?: number): ReturnType<typeof programRunner> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'cloud'), `#!${process.execPath}\n${source}`)
  chmodSync(join(folder, 'cloud'), 0o755)
  return programRunner({ env: { PATH: folder, SHOWN: 'yes' }, platform: process.platform, timeout })
}

describe.skipIf(process.platform === 'win32')('a program of a vendor', () => {
  it('gets arguments, input and the environment that was given, and gives its output and code', async () => {
    const run = program(`
      let text = ''
      process.stdin.on('data', (chunk) => (text += chunk)).on('end', () => {
        process.stdout.write([...process.argv.slice(2), text, process.env.SHOWN, process.env.HOME ?? 'no home'].join('|'))
        process.exitCode = 3
      })`)
    expect(await run('cloud', ['auth', 'token'], 'secret')).toEqual({
      code: 3,
      stdout: 'auth|token|secret|yes|no home',
    })
  })

  it('that is not there is none', async () => {
    expect(await program('')('absent', [])).toBeUndefined()
  })

  it('that ends without reading answers all the same', async () => {
    const run = program("process.stdout.write('done'); process.exit(0)")
    expect(await run('cloud', [], 'x'.repeat(1 << 20))).toEqual({ code: 0, stdout: 'done' })
  })

  it('that hangs is given up', async () => {
    expect(await program('setInterval(() => undefined, 1000)', 300)('cloud', [])).toBeUndefined()
  })

  it('that prints more than its limit is given up', async () => {
    const run = program(
      "const text = 'x'.repeat(65536); const more = () => process.stdout.write(text, more); more()",
    )
    expect(await run('cloud', [])).toBeUndefined()
    expect(limits.programBytes).toBe(1 << 20)
  })
})

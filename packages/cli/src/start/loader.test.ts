import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CodeCache } from './code-cache.ts'
import { commandScript } from './command-script.ts'
import { Loader } from './loader.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'chartroom-load-'))
  mkdirSync(join(home, 'dist'))
  write('main.cjs', "exports.sum = require('./one.cjs').one + 1; exports.file = __filename")
  write('one.cjs', "exports.one = require('./two.cjs').two - 1; exports.sep = require('node:path').sep")
  write(
    'two.cjs',
    "const main = require('./main.cjs'); exports.two = 2; exports.seen = Object.keys(main).length",
  )
  write('files.json', '{"main":["main.cjs"],"template":["two.cjs","main.cjs"]}')
})

afterEach(() => rmSync(home, { recursive: true }))

function write(name: string, text: string): void {
  writeFileSync(join(home, 'dist', name), text)
}

function cacheOf(build: string, command = 'template'): CodeCache {
  const surroundings = { env: { XDG_CACHE_HOME: home }, platform: 'linux' } as const
  return new CodeCache({ build, command, surroundings }, (name) => commandScript(join(home, 'dist'), name))
}

/** One call of the program, and whether it had more to keep. */
function call(build: string, command?: string): { wantsMore: boolean } {
  const cache = cacheOf(build, command)
  new Loader(join(home, 'dist'), cache).load('main.cjs')
  const { wantsMore } = cache
  if (wantsMore) cache.save()
  return { wantsMore }
}

describe('the loader of the program', () => {
  it('loads files by their names from each other, each once, in circles too', () => {
    const loader = new Loader(join(home, 'dist'), cacheOf('a'))
    const main = loader.load('main.cjs')
    expect(main).toEqual({ sum: 2, file: join(home, 'dist', 'main.cjs') })
    expect(loader.load('two.cjs')).toEqual({ two: 2, seen: 0 })
    expect(loader.load('main.cjs')).toBe(main)
  })

  it('gives no module that is neither a file of the program nor of Node', () => {
    write('main.cjs', "require('left-pad')")
    expect(() => new Loader(join(home, 'dist'), cacheOf('a')).load('main.cjs')).toThrow(
      expect.objectContaining({ code: 'MODULE_NOT_FOUND' }),
    )
  })
})

describe('code that is kept', () => {
  it('is one script with the text of what every call loads, whose files are not read again', () => {
    const cache = cacheOf('a')
    call('a')
    write('main.cjs', 'throw new Error("read again")')
    expect(new Loader(join(home, 'dist'), cacheOf('a')).load('main.cjs').sum).toBe(2)
    expect(cache.text).toContain('exports.sum')
  })

  it('is written by the first calls, and then is enough', () => {
    const calls = Array.from({ length: 5 }, () => call('a').wantsMore)
    expect(calls).toEqual([true, true, true, false, false])
  })

  it('is taken by V8 in the next call', () => {
    call('a')
    const cache = cacheOf('a')
    const loader = new Loader(join(home, 'dist'), cache)
    expect(cache.codeOf('*')?.length).toBeGreaterThan(0)
    loader.load('main.cjs')
    expect(cache.codeOf('one.cjs')?.length).toBeGreaterThan(0)
    expect(cache.codeOf('absent.cjs')).toBeUndefined()
  })

  it('is written again when a call loads what no call before did', () => {
    for (let i = 0; i < 4; i++) call('a')
    write('three.cjs', 'exports.three = 3')
    const cache = cacheOf('a')
    new Loader(join(home, 'dist'), cache).load('three.cjs')
    expect(cache.wantsMore).toBe(true)
  })

  it('is of one command, of whatever name', () => {
    call('a', 'template')
    call('a', '../../x')
    expect(readdirSync(join(home, 'chartroom', 'code')).sort()).toEqual(['a-other', 'a-template'])
  })

  it('goes when another build comes', () => {
    call('a')
    call('b')
    expect(readdirSync(join(home, 'chartroom', 'code'))).toEqual(['b-template'])
  })

  it('is not read when its file holds something else', () => {
    call('a')
    for (const text of ['', '{', '{}', '{}\0', 'x\0y']) {
      writeFileSync(join(home, 'chartroom', 'code', 'a-template'), text)
      expect(cacheOf('a').codeOf('main.cjs')).toBeUndefined()
    }
  })

  it.skipIf(process.platform === 'win32' || process.geteuid?.() === 0)(
    'is done without where the disk refuses it',
    () => {
      chmodSync(home, 0o500)
      expect(call('a').wantsMore).toBe(true)
      chmodSync(home, 0o700)
      expect(readdirSync(home)).toEqual(['dist'])
    },
  )
})

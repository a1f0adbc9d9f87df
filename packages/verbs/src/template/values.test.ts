import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatJson } from '@chartroom/go'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import type { ValuesFlags } from './values.ts'
import { readGivenValues } from './values.ts'

let cwd: string
let asked: string[]

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'chartroom-values-'))
  asked = []
})

afterEach(() => rm(cwd, { recursive: true, force: true }))

async function read(flags: ValuesFlags): Promise<string> {
  const values = await readGivenValues(flags, {
    cwd,
    stdin: () => {
      asked.push('-')
      return Promise.resolve(new TextEncoder().encode('a: stdin\n'))
    },
    fetch: (url) => {
      asked.push(url.href)
      return Promise.resolve(new TextEncoder().encode('a: fetched\n'))
    },
  })
  return formatJson(values)
}

describe('given values', () => {
  it('are read from files, standard input and addresses, the last wins', async () => {
    await writeFile(join(cwd, 'v.yaml'), 'a: file\nb: file\n')
    expect(await read({ values: ['v.yaml', '-'] })).toBe('{"a":"stdin","b":"file"}')
    expect(await read({ values: ['HTTP://host/v.yaml', 'v.yaml'] })).toBe('{"a":"file","b":"file"}')
    expect(asked).toEqual(['-', 'http://host/v.yaml'])
  })

  it('take the text of a file as it is for --set-file, each read once', async () => {
    await writeFile(join(cwd, 't.txt'), 'a: 1,\r\n')
    expect(await read({ setFile: ['x=t.txt,y=t.txt', 'z=-', 'q=-'] })).toBe(
      String.raw`{"q":"a: stdin\n","x":"a: 1,\r\n","y":"a: 1,\r\n","z":"a: stdin\n"}`,
    )
    expect(asked).toEqual(['-'])
  })

  it('keep bytes that are no UTF-8', async () => {
    await writeFile(join(cwd, 'b'), Uint8Array.of(0xff, 0x41))
    const values = await readGivenValues(
      { setFile: ['x=b'] },
      { cwd, stdin: () => Promise.resolve(new Uint8Array()), fetch: () => Promise.resolve(new Uint8Array()) },
    )
    expect(values.get('x')).toBe('\udcffA')
  })

  it('say which file there is not', async () => {
    await expect(read({ values: ['absent.yaml'] })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: 'open absent.yaml: no such file or directory',
    })
    await expect(read({ setFile: ['a=absent'] })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: 'failed parsing --set-file data: open absent: no such file or directory',
    })
  })

  it('have a limit', async () => {
    await writeFile(join(cwd, 'large'), new Uint8Array(limits.valuesBytes + 1).fill(0x20))
    await expect(read({ values: ['large'] })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    await writeFile(join(cwd, 'large'), new Uint8Array(limits.valuesBytes).fill(0x20))
    expect(await read({ values: ['large'] })).toBe('{}')
  })
})

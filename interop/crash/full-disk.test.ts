import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ended, Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, writeChart } from '../workspace.ts'

// No file may grow beyond this, which is less than the archive has.
const kilobytes = 64

let home: Home
let registry: Served

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  registry = await serve(home)
  const noise = Array.from({ length: 4000 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex'))
  await writeChart(join(home.folder, 'big'), { name: 'big', version: '1.0.0' })
  await writeFile(join(home.folder, 'big', 'README.md'), noise.join('\n'))
  await writeChart(join(home.folder, 'small'), { name: 'small', version: '1.0.0' })
  await chartroom('publish', 'big', 'small', '--to', `oci://${registry.host}/charts`)
})

afterAll(async () => {
  await registry?.close()
  await home?.remove()
})

function chartroom(...args: string[]): Promise<Ended> {
  return run(process.execPath, [program, ...args], { cwd: home.folder, env: home.env })
}

function onFullDisk(...args: string[]): Promise<Ended> {
  const command = ['-c', `ulimit -f ${kilobytes}; exec "$@"`, 'bash', process.execPath, program, ...args]
  return run('bash', command, { cwd: home.folder, env: home.env })
}

/** The files below a folder with their bytes; none where there is no folder. */
function contentsOf(folder: string): Record<string, string> {
  const path = join(home.folder, folder)
  try {
    const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    return Object.fromEntries(
      entries.map((one) => {
        const file = join(one.parentPath, one.name)
        return [file, createHash('sha256').update(readFileSync(file)).digest('hex')]
      }),
    )
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

const reference = (): string => `oci://${registry.host}/charts/big`

describe.skipIf(process.platform === 'win32')('a full disk', () => {
  it.each([
    ['package', 'packed', () => ['package', 'small', 'big', '-d', 'packed']],
    ['pull', 'pulled', () => ['pull', reference(), '-d', 'pulled']],
    ['pull --untar', 'unpacked', () => ['pull', reference(), '--untar', '-d', 'unpacked']],
    ['publish to a folder', 'site', () => ['publish', 'small', 'big', '--to', 'site']],
    ['publish to the local store', 'store', () => ['publish', 'small', 'big', '--storage', 'store']],
  ])(
    'is said by %s, which leaves no half of anything and is completed by the next run',
    async (_, folder, args) => {
      const ended = await onFullDisk(...args())
      expect([ended.code, ended.stderr]).toEqual([1, expect.stringMatching(/\(DISK_FULL\)\nHint: /)])
      const left = Object.keys(contentsOf(folder)).map((path) => path.slice(home.folder.length + 1))
      // What was whole before the space ran out may stay, where nothing leads to it.
      expect(
        left.filter((path) => /\.tmp|staged|uploads|_tags|big-1|unpacked|index\.yaml|lock/.test(path)),
      ).toEqual([])
      const again = await chartroom(...args())
      expect(again.code, again.stderr).toBe(0)
    },
  )

  it('harms nothing that a folder has', async () => {
    await chartroom('publish', 'small', '--to', 'kept')
    const before = contentsOf('kept')
    const ended = await onFullDisk('publish', 'small', 'big', '--to', 'kept')
    expect(ended.code).toBe(1)
    expect(contentsOf('kept')).toEqual(before)
  })
})

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { TestRunner } from 'vitest'
import { peersFolder } from '../peers/folder.mjs'
import { program } from '../peers/peers.ts'
import { run } from '../workspace.ts'

/** AWS as moto (PyPI) has it: ECR among much else, written by others. */
const version = '5.2.5'

export interface Moto {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string
  close(): Promise<void>
}

/** Starts moto, installed into a folder of its own the first time. Without Python the test is skipped, and says so. */
export async function startMoto(): Promise<Moto> {
  const python = program('python3') ?? skip('python3 is not installed here')
  const folder = join(peersFolder, `moto-${version}`)
  if (!existsSync(folder)) await install(python, folder)
  const child = spawn(join(folder, 'bin', 'python'), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    env: { PATH: process.env['PATH'], PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((fulfil) => child.once('close', () => fulfil()))
  const url = await new Promise<string>((fulfil, reject) => {
    const lines: string[] = []
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line)
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
      if (found !== undefined) fulfil(found)
    })
    void ended.then(() => reject(new Error(`moto ended:\n${lines.join('\n')}`)))
  })
  return {
    url,
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

// Into place at the end: what was cut short is no installation. A virtual environment runs from where it was moved
// to as long as its programs are called by way of its Python.
async function install(python: string, folder: string): Promise<void> {
  const fresh = `${folder}.${process.pid}`
  await mkdir(peersFolder, { recursive: true })
  const made = await run(python, ['-m', 'venv', fresh])
  if (made.code !== 0) skip(`python3 makes no virtual environment: ${made.stderr}`)
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `moto[server]==${version}`]
  const installed = await run(join(fresh, 'bin', 'python'), pip)
  if (installed.code !== 0) {
    await rm(fresh, { recursive: true, force: true })
    skip(`moto ${version} cannot be installed: ${installed.stderr.slice(-300)}`)
  }
  await rename(fresh, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    await rm(fresh, { recursive: true, force: true })
  })
}

function skip(reason: string): never {
  TestRunner.getCurrentTest()?.context.skip(reason)
  throw new Error(reason)
}

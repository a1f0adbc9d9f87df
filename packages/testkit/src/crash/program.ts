import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Bundles the server program for plain Node into this folder and gives the path of the file. */
export async function bundleServer(dir: string): Promise<string> {
  const { rolldown } = await import('rolldown')
  const bundler = await rolldown({
    input: fileURLToPath(new URL('./server-program.ts', import.meta.url)),
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import', 'default'] },
  })
  const file = join(dir, 'server.mjs')
  await bundler.write({ file, format: 'esm', codeSplitting: false })
  await bundler.close()
  return file
}

export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcess
  /** Resolves when the process is gone, however it went. */
  readonly gone: Promise<void>
  kill(): Promise<void>
}

export interface SpawnOptions {
  /** From `bundleServer`. */
  readonly program: string
  /** The store's folder. */
  readonly dir: string
  /** `NAME` or `NAME@n`: the process kills itself there. */
  readonly failpoint?: string | undefined
  /** No file may grow beyond this many blocks of 1024 bytes. */
  readonly fileBlocks?: number | undefined
}

export async function spawnServer({
  program,
  dir,
  failpoint,
  fileBlocks,
}: SpawnOptions): Promise<ServerProcess> {
  const env = { ...process.env, CHARTROOM_FAILPOINT: failpoint }
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child =
    fileBlocks === undefined
      ? spawn(process.execPath, [program, dir], { env, stdio: [...stdio] })
      : spawn('bash', ['-c', `ulimit -f ${fileBlocks}; exec "$@"`, 'bash', process.execPath, program, dir], {
          env,
          stdio: [...stdio],
        })
  const gone = once(child, 'exit').then(() => undefined)
  if (child.stdout === null) throw new Error('the server has no output')
  const [url] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    gone.then(() => Promise.reject(new Error('the server ended before it served'))),
  ])) as [string]
  return {
    url,
    child,
    gone,
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { needPeer } from '../peers/peers.ts'
import type { Ended, Home } from '../workspace.ts'
import { ensureBuilt, program, run, temporaryHome } from '../workspace.ts'

export const helms = ['helm-3.21.4', 'helm-4.2.4'] as const
export type Helm = (typeof helms)[number]

type Variables = Readonly<Record<string, string>>

/** A home with charts and programs in it, where both helms and Chartroom run. */
export interface Bench {
  readonly home: Home
  helm(name: Helm, args: readonly string[], more?: Variables): Promise<Ended>
  chartroom(args: readonly string[], more?: Variables): Promise<Ended>
  write(files: Readonly<Record<string, string>>): Promise<void>
  /** A shell script. */
  script(path: string, lines: string): Promise<void>
  /** Packs a folder as it is. */
  pack(folder: string, archive: string): Promise<void>
  close(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  await ensureBuilt()
  const home = await temporaryHome()
  const env = { ...home.env, TZ: 'UTC' }
  const options = { cwd: home.folder, env }
  const start = (file: string, args: readonly string[], more: Variables = {}): Promise<Ended> =>
    run(file, args, { ...options, env: { ...env, ...more } })
  const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(home.folder, path)), { recursive: true })
      await writeFile(join(home.folder, path), text)
    }
  }
  return {
    home,
    helm: (name, args, more) => start(needPeer(name), args, more),
    chartroom: (args, more) => start(process.execPath, [program, ...args], more),
    write,
    async script(path, lines) {
      await write({ [path]: `#!/bin/sh\n${lines}\n` })
      await chmod(join(home.folder, path), 0o755)
    },
    async pack(folder, archive) {
      const { code, stderr } = await run(
        'tar',
        ['czf', archive, '-C', dirname(folder), basename(folder)],
        options,
      )
      if (code !== 0) throw new Error(stderr)
    },
    close: () => home.remove(),
  }
}

export const chartYaml = (name: string): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`

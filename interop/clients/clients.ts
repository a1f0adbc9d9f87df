import { readFile, readdir } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { PeerName } from '../peers/peers.ts'
import { needPeer, needProgram } from '../peers/peers.ts'
import type { Ended, Home } from '../workspace.ts'
import { program, run } from '../workspace.ts'

/** The helms that read what we write. */
export const helms = ['helm-4.2.4', 'helm-3.21.4', 'helm-3.8.2'] as const satisfies readonly PeerName[]

/** Runs a peer in a home; fails with its words unless it ends well. */
export async function runPeer(name: PeerName, args: readonly string[], home: Home): Promise<Ended> {
  return ok(
    await run(needPeer(name), args, {
      cwd: home.folder,
      env: { ...home.env, ...helmHome(name, home), TZ: 'UTC' },
    }),
    name,
    args,
  )
}

/** Runs skopeo, which comes with the distribution. */
export async function runSkopeo(args: readonly string[], home: Home): Promise<Ended> {
  return ok(await run(needProgram('skopeo'), args, { cwd: home.folder, env: home.env }), 'skopeo', args)
}

/** Runs the built chartroom; a failure is a result. */
export function chartroom(args: readonly string[], home: Home, input?: string): Promise<Ended> {
  return run(process.execPath, [program, ...args], { cwd: home.folder, env: home.env, input })
}

/** Runs the built chartroom with `-o json` and expects it to end well. */
export async function chartroomJson<T>(args: readonly string[], home: Home): Promise<T> {
  return JSON.parse(ok(await chartroom([...args, '-o', 'json'], home), 'chartroom', args).stdout) as T
}

export interface ChartsOutput {
  readonly charts: readonly {
    readonly name: string
    readonly version: string
    readonly digest: string
    readonly path: string
    readonly destinations: readonly { readonly action: string; readonly manifestDigest: string }[]
  }[]
}

/** helm before 3.13 has no `--plain-http`: it speaks HTTP to hosts named localhost, and to loopback addresses. */
export function plainHttp(name: (typeof helms)[number]): string[] {
  return name === 'helm-3.8.2' ? [] : ['--plain-http']
}

export async function sha256Of(path: string): Promise<string> {
  return `sha256:${createHash('sha256')
    .update(await readFile(path))
    .digest('hex')}`
}

/** The one archive in a folder. */
export async function archiveIn(folder: string): Promise<string> {
  const [name] = (await readdir(folder)).filter((entry) => entry.endsWith('.tgz'))
  if (name === undefined) throw new Error(`${folder} holds no archive`)
  return join(folder, name)
}

function ok(ended: Ended, name: string, args: readonly string[]): Ended {
  if (ended.code === 0) return ended
  throw new Error(`${name} ${args.join(' ')} ended with ${ended.code}\n${ended.stdout}\n${ended.stderr}`)
}

// Each helm has its own folders: their files differ between majors.
function helmHome(name: PeerName, { folder }: Home): Record<string, string> {
  const base = join(folder, `home-${name}`)
  return {
    HELM_CACHE_HOME: join(base, 'cache'),
    HELM_CONFIG_HOME: join(base, 'config'),
    HELM_DATA_HOME: join(base, 'data'),
    HELM_EXPERIMENTAL_OCI: '1',
  }
}

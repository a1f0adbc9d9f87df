import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Login, Site, Vendors } from '@chartroom/testkit/vendors'
import { scratchFolder, startVendors } from '@chartroom/testkit/vendors'
import type { PeerName } from '../peers/peers.ts'
import { needPeer } from '../peers/peers.ts'
import type { Ended } from '../workspace.ts'
import { ensureBuilt, program, run, writeChart } from '../workspace.ts'

/** The seven vendors, and programs that reach them under their real names. */
export interface Stage {
  readonly vendors: Vendors
  /** A chart's folder, its archive as we pack it, and the archive's digest. */
  readonly chart: string
  readonly archive: string
  readonly digest: string
  /** The environment of a program with a home of its own. */
  person(name: string): Promise<Person>
  close(): Promise<void>
}

export interface RunOptions {
  readonly input?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** Somebody with a home, where logins are kept. */
export interface Person {
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  ours(args: readonly string[], options?: RunOptions): Promise<Ended>
  helm(args: readonly string[], options?: RunOptions): Promise<Ended>
  crane(args: readonly string[], options?: RunOptions): Promise<Ended>
  oras(args: readonly string[], options?: RunOptions): Promise<Ended>
  /** A line for bash, with `chartroom` and the programs of `writeProgram` on the path. */
  shell(line: string, options?: RunOptions): Promise<Ended>
}

/** `sites` are hosts beside those of the vendors. */
export async function openStage(sites: readonly Site[] = []): Promise<Stage> {
  await ensureBuilt()
  const folder = await scratchFolder()
  const vendors = await startVendors(sites)
  const chart = join(folder, 'app')
  await writeChart(chart, { name: 'app', version: '0.1.0' })
  await run(process.execPath, [program, 'package', chart, '-d', folder])
  const archive = join(folder, 'app-0.1.0.tgz')
  return {
    vendors,
    chart,
    archive,
    digest: await digestOf(archive),
    person: (name) => personOf(join(folder, name), vendors),
    async close() {
      await rm(folder, { recursive: true, force: true })
      await vendors.close()
    },
  }
}

async function personOf(folder: string, vendors: Vendors): Promise<Person> {
  await mkdir(join(folder, 'bin'), { recursive: true })
  const env = {
    PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    XDG_CACHE_HOME: join(folder, '.cache'),
    XDG_DATA_HOME: join(folder, '.local'),
    DOCKER_CONFIG: join(folder, '.docker'),
    TMPDIR: process.env['TMPDIR'],
    TZ: 'UTC',
    // No cloud's machine is asked for keys, unless a test says so.
    AWS_EC2_METADATA_DISABLED: 'true',
    METADATA_SERVER_DETECTION: 'none',
    ...vendors.env,
  }
  const person = { home: folder, env }
  await writeProgram(person, 'chartroom', `exec '${process.execPath}' '${program}' "$@"`)
  const peer =
    (peerName: PeerName): Person['helm'] =>
    (args, options) =>
      run(needPeer(peerName), args, { cwd: folder, ...options, env: { ...env, ...options?.env } })
  return {
    ...person,
    ours: (args, options) =>
      run(process.execPath, [program, ...args], {
        cwd: folder,
        ...options,
        env: { ...env, ...options?.env },
      }),
    helm: peer('helm-4.2.4'),
    crane: peer('crane-0.21.9'),
    oras: peer('oras-1.3.3'),
    shell: (line, options) =>
      run('bash', ['-eo', 'pipefail', '-c', line], {
        cwd: folder,
        ...options,
        env: { ...env, ...options?.env },
      }),
  }
}

/** A shell program on a person's path, or a plain file there; gives its path. */
export async function writeProgram(
  { home }: Pick<Person, 'home'>,
  name: string,
  text: string,
  { plain = false }: { readonly plain?: boolean } = {},
): Promise<string> {
  const path = join(home, 'bin', name)
  await writeFile(path, plain ? text : `#!/usr/bin/env bash\n${text}\n`, { mode: plain ? 0o600 : 0o755 })
  return path
}

export async function digestOf(path: string): Promise<string> {
  return `sha256:${createHash('sha256')
    .update(await readFile(path))
    .digest('hex')}`
}

/** Logins as Docker keeps them. */
export async function writeDockerLogin(
  person: Person,
  host: string,
  { username, password }: Login,
): Promise<void> {
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  await mkdir(join(person.home, '.docker'), { recursive: true })
  await writeFile(
    join(person.home, '.docker', 'config.json'),
    JSON.stringify({ auths: { [host]: { auth } } }),
  )
}

/** What a program said, in one text. */
export function said({ stdout, stderr }: Ended): string {
  return stdout + stderr
}

import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PeerName } from '../peers/peers.ts'
import { needPeer } from '../peers/peers.ts'
import type { Ended } from '../workspace.ts'
import { run, workspace } from '../workspace.ts'
import type { Key } from './keys.ts'

export const chart: string = join(workspace, 'deployments', 'helm', 'hypersdk')

/** Runs a helm on the chart in a home of its own. */
export async function helm(name: PeerName, args: readonly string[]): Promise<Ended> {
  const binary = needPeer(name)
  const home = await mkdtemp(join(tmpdir(), 'chartroom-hypersdk-'))
  const env = { ...process.env, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home }
  try {
    return await run(binary, args, { env })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** All that `helm template` prints for a values file, the notes too; fails with helm's words. */
export async function render(values: string, name: PeerName = 'helm-4.2.4'): Promise<Map<string, string>> {
  const ended = await helm(name, ['template', 'hypersdk', chart, '--namespace', 'hypersdk', '-f', values])
  if (ended.code !== 0) throw new Error(ended.stderr)
  return objects(ended.stdout)
}

/** Renders with some keys set, as JSON, which every helm reads as values. */
export async function renderWith(settings: Readonly<Record<string, unknown>>): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-values-'))
  try {
    await writeFile(join(folder, 'values.json'), JSON.stringify(nested(settings)))
    return await render(join(folder, 'values.json'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The notes, which `helm template` does not print: in a copy of the chart they are the text of an object. */
export async function notes(settings: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-notes-'))
  try {
    await cp(chart, folder, { recursive: true })
    await rename(join(folder, 'templates', 'NOTES.txt'), join(folder, 'notes.txt'))
    await writeFile(
      join(folder, 'templates', 'notes.yaml'),
      'notes: {{ tpl (.Files.Get "notes.txt") . | quote }}\n',
    )
    await writeFile(join(folder, 'given.json'), JSON.stringify(nested(settings)))
    const flags = ['--show-only', 'templates/notes.yaml', '-f', join(folder, 'given.json')]
    const { code, stdout, stderr } = await helm('helm-4.2.4', ['template', 'hypersdk', folder, ...flags])
    if (code !== 0) throw new Error(stderr)
    return stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function settingsOf(key: Key): Record<string, unknown> {
  return { ...key.with, [key.path]: key.value }
}

/** Objects by `KIND/NAME`. */
function objects(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const document of text.split(/^---\n/m)) {
    const kind = /^kind: (.+)$/m.exec(document)?.[1]
    const name = /^ {2}name: "?([^"\n]+)"?$/m.exec(document)?.[1]
    if (kind !== undefined && name !== undefined) found.set(`${kind}/${name}`, document.trim())
  }
  return found
}

/** Dotted paths to nested maps; `\.` is a dot in a key. */
function nested(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(settings)) {
    const parts = path.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'))
    let map = root
    for (const part of parts.slice(0, -1)) {
      map[part] ??= {}
      map = map[part] as Record<string, unknown>
    }
    map[parts.at(-1) ?? ''] = value
  }
  return root
}

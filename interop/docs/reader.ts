import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PeerName } from '../peers/peers.ts'
import { needPeer, peer } from '../peers/peers.ts'
import { blocks } from '../vendors/document-lines.ts'
import { done } from '../vendors/scene.ts'
import type { Person, Stage } from '../vendors/stage.ts'
import { writeProgram } from '../vendors/stage.ts'
import type { Ended } from '../workspace.ts'
import { program, run } from '../workspace.ts'
import type { Form, Name } from './form.ts'
import type { World } from './world.ts'
import { createNamespace } from './world.ts'

/** Somebody who reads the page from top to bottom and types the lines of one name. */
export interface Reader {
  readonly name: Name
  readonly person: Person
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Which helm a reader has. Lines of the document are tried with today's. */
const helms: Readonly<Record<Name, PeerName>> = {
  Document: 'helm-4.2.4',
  Chartroom: 'helm-4.2.4',
  'Helm 3': 'helm-3.21.4',
  'Helm 4': 'helm-4.2.4',
}

export async function createReader({ stage, cluster, repository }: World, name: Name): Promise<Reader> {
  const { vendors } = stage
  const person = await stage.person(name.replace(' ', '-').toLowerCase())
  const helm = needPeer(helms[name])
  // Without a cluster, what would be installed is rendered. Nobody makes pods ready here, so nobody waits for them.
  const script =
    cluster === undefined
      ? `case "$1" in install | upgrade) shift; [ "$1" != --install ] || shift; set -- template "$@" ;; esac`
      : `case "$*" in *--atomic* | *--rollback-on-failure*) set -- "$@" --dry-run=server ;; esac`
  await writeProgram(person, 'helm', `${script}\nexec '${helm}' "$@"`)
  const kubectl = peer('kubectl-1.36.3')
  if (kubectl !== undefined) await writeProgram(person, 'kubectl', `exec '${kubectl}' "$@"`)
  const { env, programs } = documentWorld(stage)
  for (const [file, text] of Object.entries(programs)) await writeProgram(person, file, text)
  const { ecr, acr, gar, artifactory } = vendors
  const accounts = [ecr, acr, gar].map(({ accountEnv }) => accountEnv)
  return {
    name,
    person,
    env: {
      ...person.env,
      ...env,
      ...artifactory.accountEnv,
      ...(name === 'Chartroom' ? Object.assign({}, ...accounts) : {}),
      CHARTROOM: program,
      KUBECONFIG: cluster?.kubeconfig,
      ...gitInsteadOf('https://github.com/ssahani/hypersdk.git', repository),
    },
  }
}

/** What the tests of the document's lines give them: variables, and programs of clouds. */
function documentWorld({ vendors }: Stage): {
  env: Record<string, string>
  programs: Record<string, string>
} {
  const all = <T>(parts: readonly (Readonly<Record<string, T>> | undefined)[]): Record<string, T> =>
    Object.assign({}, ...parts)
  return {
    env: all(blocks.map((block) => block.env?.(vendors))),
    programs: all(blocks.map((block) => block.programs?.(vendors))),
  }
}

function gitInsteadOf(address: string, folder: string): Record<string, string> {
  return { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.${folder}.insteadOf`, GIT_CONFIG_VALUE_0: address }
}

/** A clone of the repository, as a reader has it at each section. */
export async function freshClone({ repository }: World, reader: Reader, section: string): Promise<string> {
  const folder = join(reader.person.home, section)
  await done(run('git', ['clone', '-q', '--bare', repository, `${folder}.git`], { env: reader.env }))
  await done(run('git', ['clone', '-q', `${folder}.git`, folder], { env: reader.env }))
  await mkdir(join(folder, 'docs', 'helm-charts'), { recursive: true })
  return folder
}

/** Runs a block as one script; a namespace of its own takes what it installs. */
export async function typed(world: World, reader: Reader, form: Form, folder: string): Promise<Ended> {
  if (form.file !== undefined) {
    await writeFile(join(folder, form.file), form.text)
    return { code: 0, stdout: '', stderr: '' }
  }
  const namespace = namespaceFor(reader, form)
  if (installs(form)) await createNamespace(world.cluster, namespace)
  const env = { ...reader.env, HELM_NAMESPACE: namespace }
  return run('bash', ['-eo', 'pipefail', '-c', form.text], { cwd: folder, env })
}

/** What the cluster keeps of the last release of a block; nothing where there is no cluster. */
export async function releaseManifest(world: World, reader: Reader, form: Form): Promise<string> {
  if (world.cluster === undefined) return ''
  const release = /\b(\S*hypersdk|from-oci) (?:oci:|\.|hypersdk\/)/.exec(form.text)?.[1] ?? ''
  const env = { ...reader.env, HELM_NAMESPACE: namespaceFor(reader, form) }
  return (await run('helm', ['get', 'manifest', release], { env })).stdout
}

export function installs({ text }: Form): boolean {
  return /helm (install|upgrade)/.test(text)
}

/** The namespace that a block names, else one of its own, because a name is taken once. */
function namespaceFor(reader: Reader, { section, at, text }: Form): string {
  const [, named] = /--namespace (hypersdk)\b/.exec(text) ?? []
  return named ?? `${section}-${at}-${reader.name}`.toLowerCase().replaceAll(' ', '-')
}

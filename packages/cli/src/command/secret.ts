import type { ArgoCdForm, Credential, KubernetesObject, Reader } from '@chartroom/gitops'
import {
  argoCdRepositorySecret,
  basicAuthSecret,
  chooseForm,
  dockerConfigSecret,
  nameFrom,
  repositoryUrl,
  shortLived,
} from '@chartroom/gitops'
import type { Connections } from '@chartroom/verbs'
import { connect, noLogin, readerLogin } from '@chartroom/verbs'
import { askLogin } from '../ask-login.ts'
import { connectionFlagsOf, connectionOptions } from '../connection-options.ts'
import type { CommandModule, Invocation } from '../invocation.ts'
import { printObjects } from '../objects-output.ts'
import type { RegistryArgument } from '../registry-argument.ts'
import { registryArgument } from '../registry-argument.ts'
import { usageNotes } from '../secret-notes.ts'

/** The command that writes the Secret of one reader. */
export function secretFor(reader: Reader): CommandModule {
  return { run: (invocation) => run(invocation, reader) }
}

const defaultNamespaces: Readonly<Record<Reader, string>> = {
  kubelet: 'default',
  argocd: 'argocd',
  flux: 'flux-system',
}

async function run(invocation: Invocation, reader: Reader): Promise<void> {
  const { flags } = invocation
  const registry = registryArgument(flags.text('registry'), reader)
  const { connections, credential } = await loginOf(invocation, registry)
  const name = flags.text('name') ?? `${nameFrom(registry.host) ?? 'registry'}-login`
  const namespace = flags.text('namespace') ?? defaultNamespaces[reader]
  const object = objectOf(invocation, { reader, registry, credential, connections, name, namespace })
  const ends = shortLived(registry.host, credential, reader)
  const notes = usageNotes(reader, { name, namespace, registry })
  printObjects(invocation, [object], ends === undefined ? notes : [...notes, ends])
}

interface Found {
  readonly connections: Connections
  readonly credential: Credential
}

/** The login of the flags, else one that is kept, else one that is asked for. Throws `UNAUTHENTICATED`. */
async function loginOf(invocation: Invocation, registry: RegistryArgument): Promise<Found> {
  const { flags, environment, io } = invocation
  const username = flags.text('username')
  const isGiven = flags.has('password-stdin') || flags.text('password') !== undefined
  const asks = io.stdin.isTTY && io.errIsTerminal
  if (username !== undefined && !isGiven && asks) {
    const connections = connect(environment, connectionFlagsOf(invocation))
    return { connections, credential: await askLogin(username, undefined, 'no Secret was written') }
  }
  const options = await connectionOptions(invocation, registry.address)
  const connections = connect(environment, options)
  const { password } = options
  if (username !== undefined && password !== undefined)
    return { connections, credential: { username, password } }
  const credential = await readerLogin(connections, registry.place)
  if (credential !== undefined) return { connections, credential }
  if (!asks) throw noLogin(registry.address)
  return { connections, credential: await askLogin(undefined, undefined, 'no Secret was written') }
}

interface Parts extends Found {
  readonly reader: Reader
  readonly registry: RegistryArgument
  readonly name: string
  readonly namespace: string
}

function objectOf(invocation: Invocation, parts: Parts): KubernetesObject {
  const { reader, registry, credential, name, namespace } = parts
  if (reader === 'argocd') return argoCdSecret(invocation, parts)
  if (registry.isClassic) return basicAuthSecret({ name, namespace, credential })
  // A source of Flux names its Secret itself, and a HelmRepository looks in it for the host alone.
  const key = reader === 'flux' ? registry.host : registry.address
  return dockerConfigSecret({ name, namespace, credential, registry: key, reader })
}

function argoCdSecret({ flags }: Invocation, parts: Parts): KubernetesObject {
  const { registry, credential, name, namespace, connections } = parts
  const { host, address, isClassic, place } = registry
  const scope = flags.text('scope') === 'repository' ? 'repository' : 'repo-creds'
  const form = chooseForm({
    form: flags.text('form') as ArgoCdForm | undefined,
    version: flags.text('argocd-version'),
    place,
  })
  const plainHttp = !isClassic && connections.originOf(host).scheme === 'http'
  // Refuses what no Application could name.
  if (!isClassic) repositoryUrl({ kind: 'oci', host, repository: 'charts/app', plainHttp }, form)
  const url = isClassic ? address : addressFor(address, { form, scope, host })
  return argoCdRepositorySecret({ name, namespace, scope, url, form, plainHttp, credential })
}

// Argo CD compares beginnings of texts: without the slash, a login for HOST would go to HOST.example.com too.
function addressFor(
  address: string,
  { form, scope, host }: { form: ArgoCdForm; scope: string; host: string },
): string {
  const isPrefix = scope === 'repo-creds' && (form === 'oci' || address === host)
  return `${form === 'oci' ? 'oci://' : ''}${address}${isPrefix ? '/' : ''}`
}

import { ChartroomError } from '@chartroom/errors'
import type { ChartPlace, Credential, Reader, ReleaseOptions, Values } from '@chartroom/gitops'
import { chartName, objectName, shortLived } from '@chartroom/gitops'
import type { Connections } from '@chartroom/verbs'
import { connect, locateChart, noLogin, readerLogin } from '@chartroom/verbs'
import { connectionOptions } from './connection-options.ts'
import type { Invocation } from './invocation.ts'
import { valuesReader } from './values-flags.ts'

/** What both tools' commands are told by the same flags. */
export interface GitopsRequest {
  readonly release: Omit<ReleaseOptions, 'version'> & { readonly name: string }
  readonly connections: Connections
  /** The values with further files behind those of `-f`. */
  readonly readValues: (more: readonly string[]) => Promise<Values>
  /** What the tool has to be told beside the objects. */
  readonly notes: readonly string[]
}

export async function gitopsRequest(invocation: Invocation, certificates: string): Promise<GitopsRequest> {
  const { args, flags, environment } = invocation
  const [reference = ''] = args
  if (flags.has('password-stdin') && flags.list('values').includes('-')) {
    throw new ChartroomError('USAGE', '-f - and --password-stdin both read standard input', {
      hint: 'Put the values into a file.',
    })
  }
  const repo = flags.text('repo')
  const connections = connect(environment, await connectionOptions(invocation, repo ?? reference))
  const readValues = valuesReader(invocation)
  const values = await readValues([])
  const located = await locateChart(connections, reference, {
    repo,
    version: flags.text('version'),
    digest: flags.text('digest'),
    range: flags.text('range'),
    offline: flags.has('offline'),
  })
  return {
    release: {
      ...located,
      values,
      name: objectName(flags.text('name'), chartName(located.place)),
      releaseName: flags.text('release-name'),
      namespace: flags.text('namespace') ?? (environment.env.HELM_NAMESPACE || 'default'),
    },
    connections,
    readValues,
    notes: ownCertificates(flags) ? [certificates] : [],
  }
}

export interface GivenLogin {
  readonly credential: Credential
  readonly notes: readonly string[]
}

/** The login for the Secret that `--secret` asks for. Throws `UNAUTHENTICATED` where there is none. */
export async function loginFor(
  connections: Connections,
  place: ChartPlace,
  reader: Reader,
): Promise<GivenLogin> {
  const credential = await readerLogin(connections, place)
  const where = place.kind === 'oci' ? place.host : place.url
  if (credential === undefined) throw noLogin(where)
  const ends = shortLived(where.replace(/^https?:\/\//, ''), credential, reader)
  return { credential, notes: ends === undefined ? [] : [ends] }
}

/** Whether the registry shows a certificate that not everybody trusts. */
function ownCertificates(flags: Invocation['flags']): boolean {
  const named = ['ca-file', 'cert-file', 'key-file'].some((name) => flags.text(name) !== undefined)
  return named || flags.has('insecure-skip-tls-verify')
}

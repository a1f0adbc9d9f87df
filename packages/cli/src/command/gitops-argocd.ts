import { ChartroomError } from '@chartroom/errors'
import type { ArgoCdForm, ArgoCdOptions, Generated, KubernetesObject } from '@chartroom/gitops'
import {
  argoCdApplication,
  argoCdApplicationSet,
  argoCdNamespace,
  argoCdRepositorySecret,
  chooseForm,
  repositoryUrl,
} from '@chartroom/gitops'
import { clusterLabels, isSet, targetClusters } from '../argocd-clusters.ts'
import type { GitopsRequest, GivenLogin } from '../gitops-request.ts'
import { gitopsRequest, loginFor } from '../gitops-request.ts'
import type { Flags } from '../flags.ts'
import type { Invocation } from '../invocation.ts'
import { printObjects } from '../objects-output.ts'

const certificates =
  'Argo CD trusts a certificate authority of yours once it stands in its ConfigMap argocd-tls-certs-cm, under the host.'

export async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation
  const request = await gitopsRequest(invocation, certificates)
  const { release, readValues, connections } = request
  const { place, name } = release
  const options: ArgoCdOptions = {
    ...release,
    argoCdNamespace: flags.text('argocd-namespace'),
    project: flags.text('project'),
    server: flags.text('server'),
    version: flags.text('argocd-version'),
    form: flags.text('form') as ArgoCdForm | undefined,
    hasSecret: flags.has('secret'),
    ...syncOptions(flags),
  }
  const made = isSet(flags) ? await applicationSet(flags, readValues, options) : argoCdApplication(options)
  const { objects } = made
  const notes = [...made.notes, ...request.notes]
  if (!flags.has('secret')) return printObjects(invocation, objects, notes)
  const overHttp = place.kind === 'oci' && place.plainHttp
  const login = await loginOrNone(overHttp, () => loginFor(connections, place, 'argocd'))
  const secret = secretOf(options, name, login)
  printObjects(invocation, [secret, ...objects], [...notes, ...(login?.notes ?? [])])
}

// Over HTTP the Secret says so, with or without a login.
async function loginOrNone(
  overHttp: boolean,
  find: () => Promise<GivenLogin>,
): Promise<GivenLogin | undefined> {
  try {
    return await find()
  } catch (error) {
    if (overHttp && error instanceof ChartroomError && error.code === 'UNAUTHENTICATED') return undefined
    throw error
  }
}

function secretOf(options: ArgoCdOptions, name: string, login: GivenLogin | undefined): KubernetesObject {
  const { place } = options
  const form = chooseForm(options)
  return argoCdRepositorySecret({
    name: `${name}-login`,
    namespace: argoCdNamespace(options),
    scope: 'repository',
    url: repositoryUrl(place, form),
    form,
    plainHttp: place.kind === 'oci' && place.plainHttp,
    credential: login?.credential,
  })
}

function syncOptions(flags: Flags): Pick<ArgoCdOptions, 'autoSync' | 'prune' | 'selfHeal' | 'cascade'> {
  return {
    autoSync: flags.optional('auto-sync'),
    prune: flags.optional('prune'),
    selfHeal: flags.optional('self-heal'),
    cascade: flags.optional('cascade'),
  }
}

async function applicationSet(
  flags: Flags,
  readValues: GitopsRequest['readValues'],
  options: ArgoCdOptions,
): Promise<Generated> {
  const { server, ...common } = options
  if (server !== undefined) {
    throw new ChartroomError('USAGE', '--server is for one cluster', {
      hint: 'Give --cluster NAME=URL instead.',
    })
  }
  return argoCdApplicationSet({
    ...common,
    clusters: await targetClusters(flags, readValues),
    clusterLabels: clusterLabels(flags),
  })
}

import { ChartroomError } from '@chartroom/errors'
import type { TargetCluster } from '@chartroom/gitops'
import type { Flags } from './flags.ts'
import type { GitopsRequest } from './gitops-request.ts'

/** Whether an ApplicationSet is asked for. */
export function isSet(flags: Flags): boolean {
  const lists = ['cluster', 'cluster-label', 'cluster-values']
  return flags.has('application-set') || lists.some((name) => flags.list(name).length > 0)
}

/** The clusters of `--cluster`, each with its values. Throws `USAGE`. */
export async function targetClusters(
  flags: Flags,
  readValues: GitopsRequest['readValues'],
): Promise<TargetCluster[]> {
  const addresses = pairs(flags, 'cluster', 'NAME=URL')
  const files = pairs(flags, 'cluster-values', 'NAME=FILE')
  if (addresses.length > 0 && flags.list('cluster-label').length > 0)
    throw usage('--cluster and --cluster-label exclude each other', 'Give one of the two.')
  const unknown = files.find(([name]) => !addresses.some(([cluster]) => cluster === name))
  if (unknown !== undefined)
    throw usage(
      `--cluster-values names a cluster that --cluster does not: ${unknown[0]}`,
      'Give --cluster NAME=URL.',
    )
  const clusters: TargetCluster[] = []
  for (const [name, url] of addresses) {
    const own = files.filter(([cluster]) => cluster === name).map(([, file]) => file)
    const values = own.length === 0 ? {} : { values: await readValues(own) }
    clusters.push({ name, url, ...values })
  }
  return clusters
}

/** Source: Kubernetes' rule for labels. */
export function clusterLabels(flags: Flags): Map<string, string> {
  const labels = new Map<string, string>()
  for (const [key, value] of pairs(flags, 'cluster-label', 'KEY=VALUE')) {
    const name = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/
    if (!name.test(key) || !/^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/.test(value))
      throw usage(
        '--cluster-label is no label of Kubernetes',
        `Write it as in --cluster-label ${examples['cluster-label']}.`,
      )
    labels.set(key, value)
  }
  return labels
}

const examples = {
  cluster: 'eu=https://eu.example.com:6443',
  'cluster-values': 'eu=eu.yaml',
  'cluster-label': 'env=production',
} as const

function pairs(flags: Flags, flag: keyof typeof examples, form: string): [string, string][] {
  return flags.list(flag).map((text) => {
    const at = text.indexOf('=')
    if (at < 1) throw usage(`--${flag} takes ${form}`, `Write it as in --${flag} ${examples[flag]}.`)
    return [text.slice(0, at), text.slice(at + 1)]
  })
}

function usage(message: string, hint: string): ChartroomError {
  return new ChartroomError('USAGE', message, { hint })
}

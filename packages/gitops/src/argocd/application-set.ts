import { ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'
import { checkName, objectName } from '../name.ts'
import type { Generated, KubernetesObject, Values } from '../object.ts'
import { releaseName } from '../options.ts'
import { chartName } from '../place.ts'
import { argoCdAbilities } from '../tool-versions.ts'
import { writeYaml } from '../yaml-writer.ts'
import { inspectValues } from '../values.ts'
import { argoCdNamespace, chooseForm, finalizers, specOf } from './application.ts'
import { clusterUrl } from './cluster-url.ts'
import { argoCdNotes } from './notes.ts'
import type { ArgoCdOptions } from './options.ts'
import { argoCdSource } from './source.ts'

/** One cluster that is known by its address. */
export interface TargetCluster {
  /** A DNS label: it becomes the end of the Application's name. */
  readonly name: string
  readonly url: string
  /** All values there, where they are not the common ones. */
  readonly values?: Values | undefined
}

export interface ApplicationSetOptions extends Omit<ArgoCdOptions, 'server'> {
  /** Known clusters; without any, those that Argo CD has are taken. */
  readonly clusters: readonly TargetCluster[]
  /** Labels of the Secrets that Argo CD keeps its clusters in. */
  readonly clusterLabels?: ReadonlyMap<string, string> | undefined
}

/**
 * The ApplicationSet that installs a chart in several clusters. Values stand in it as a text: Argo CD reads
 * `valuesObject` of a template through JSON, where nulls and digits of long integers are lost.
 * Throws `USAGE`, `VALUES_INVALID`, `LIMIT_EXCEEDED`.
 */
export function argoCdApplicationSet(options: ApplicationSetOptions): Generated {
  const { place, revision, values, clusters, hasSecret } = options
  checkCount(clusters.length)
  inspectValues(values)
  for (const cluster of clusters) if (cluster.values !== undefined) inspectValues(cluster.values)
  const object: KubernetesObject = {
    apiVersion: argoCdAbilities(options.version).apiVersion,
    kind: 'ApplicationSet',
    metadata: { name: objectName(options.name, chartName(place)), namespace: argoCdNamespace(options) },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [generatorOf(options)],
      // Without it, Argo CD gives every Application that has none the finalizer that deletes what it installed.
      ...(options.cascade === true ? {} : { syncPolicy: { preserveResourcesOnDeletion: true } }),
      template: templateOf(options),
    },
  }
  const form = chooseForm(options)
  return { objects: [object], notes: argoCdNotes({ form, place, revision, hasSecret }) }
}

function checkCount(count: number): void {
  if (count <= limits.clusters) return
  throw new ChartroomError('LIMIT_EXCEEDED', `an ApplicationSet of ${count} clusters is too long`, {
    hint: `It may list ${limits.clusters}: label the clusters in Argo CD, and use --cluster-label.`,
  })
}

/** What each Application is made from. */
function templateOf(options: ApplicationSetOptions): Readonly<Record<string, unknown>> {
  const { place, revision, clusters, values } = options
  const name = objectName(options.name, chartName(place))
  // Names of clusters that Argo CD knows may be no DNS labels.
  const cluster = clusters.length > 0 ? '.name' : '.nameNormalized'
  const helm = {
    releaseName: releaseName(options, name),
    ...(hasOwnValues(options) ? { values: '{{ .helmValues }}' } : common(values)),
  }
  return {
    metadata: { name: `${name}-{{ ${cluster} }}`, ...finalizers(options) },
    spec: {
      ...specOf(options),
      destination: { server: '{{ .server }}', namespace: checkName('--namespace', options.namespace) },
      source: { ...argoCdSource(place, revision, chooseForm(options)), helm },
    },
  }
}

function hasOwnValues({ clusters }: ApplicationSetOptions): boolean {
  return clusters.some((cluster) => cluster.values !== undefined)
}

/** The Application's name ends with it, and becomes the value of a label. */
function clusterName(cluster: string, { name, place }: ApplicationSetOptions): string {
  checkName('the name in --cluster', cluster)
  const application = `${objectName(name, chartName(place))}-${cluster}`
  if (application.length <= limits.label) return cluster
  throw new ChartroomError('USAGE', `${application} is too long for the name of an Application`, {
    hint: `It may have ${limits.label} characters: give a shorter --name.`,
  })
}

function common(values: Values): { values?: string } {
  return values.size === 0 ? {} : { values: templateText(writeYaml(values)) }
}

function generatorOf(options: ApplicationSetOptions): object {
  const { clusters, clusterLabels, values } = options
  const ownValues = hasOwnValues(options)
  if (clusters.length === 0) {
    const matchLabels = Object.fromEntries(clusterLabels ?? [])
    return {
      clusters: clusterLabels === undefined || clusterLabels.size === 0 ? {} : { selector: { matchLabels } },
    }
  }
  const names = new Set<string>()
  const elements = clusters.map((cluster) => {
    const name = clusterName(cluster.name, options)
    if (names.has(name)) throw new ChartroomError('USAGE', `--cluster ${name} was given twice`)
    names.add(name)
    return {
      name,
      server: clusterUrl('--cluster', cluster.url),
      ...(ownValues ? { helmValues: writeYaml(cluster.values ?? values) } : {}),
    }
  })
  return { list: { elements } }
}

/** A text that comes out of Go's templates as it is. */
function templateText(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}')
}

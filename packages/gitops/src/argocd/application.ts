import { ChartroomError } from '@chartroom/errors'
import { checkName, objectName } from '../name.ts'
import type { Generated, KubernetesObject } from '../object.ts'
import { releaseName } from '../options.ts'
import { chartName } from '../place.ts'
import { argoCdAbilities } from '../tool-versions.ts'
import { inspectValues } from '../values.ts'
import { clusterUrl } from './cluster-url.ts'
import { argoCdNotes } from './notes.ts'
import type { ArgoCdOptions } from './options.ts'
import type { ArgoCdForm } from './source.ts'
import { argoCdSource, helmPart } from './source.ts'

/** The Application that installs a chart in one cluster. Throws `USAGE`, `VALUES_INVALID`, `LIMIT_EXCEEDED`. */
export function argoCdApplication(options: ArgoCdOptions): Generated {
  const { place, revision, values } = options
  const name = objectName(options.name, chartName(place))
  const form = chooseForm(options)
  const traits = inspectValues(values)
  const object: KubernetesObject = {
    apiVersion: argoCdAbilities(options.version).apiVersion,
    kind: 'Application',
    metadata: { name, namespace: argoCdNamespace(options), ...finalizers(options) },
    spec: {
      ...specOf(options),
      destination: {
        server: clusterUrl('--server', options.server ?? 'https://kubernetes.default.svc'),
        namespace: checkName('--namespace', options.namespace),
      },
      source: { ...argoCdSource(place, revision, form), helm: helmPart(releaseName(options, name), values) },
    },
  }
  return {
    objects: [object],
    notes: argoCdNotes({ form, place, revision, traits, hasSecret: options.hasSecret }),
  }
}

/** The form that is asked for, else the newest that the version reads and the place has. Throws `USAGE`. */
export function chooseForm({
  form,
  place,
  version,
}: Pick<ArgoCdOptions, 'form' | 'place' | 'version'>): ArgoCdForm {
  const { nativeOci } = argoCdAbilities(version)
  if (form === undefined) return nativeOci && place.kind === 'oci' ? 'oci' : 'classic'
  if (form === 'classic' || nativeOci) return form
  throw new ChartroomError('USAGE', `Argo CD ${version ?? ''} does not read the oci form`, {
    hint: 'It came with Argo CD 3.1: upgrade it, or leave --form out.',
  })
}

export function argoCdNamespace({ argoCdNamespace: given = 'argocd' }: ArgoCdOptions): string {
  return checkName('--argocd-namespace', given)
}

/** What an Application and the template of an ApplicationSet have in common. */
export function specOf(options: ArgoCdOptions): Readonly<Record<string, unknown>> {
  const { autoSync = true, prune = true, selfHeal = true, revision } = options
  const { version, digest } = revision
  return {
    project: checkName('--project', options.project ?? 'default'),
    syncPolicy: {
      ...(autoSync ? { automated: { prune, selfHeal } } : {}),
      syncOptions: ['CreateNamespace=true'],
    },
    // A digest says nothing to a reader.
    ...(version !== undefined && digest !== undefined
      ? { info: [{ name: 'Chart version', value: version }] }
      : {}),
  }
}

export function finalizers({ cascade = false }: ArgoCdOptions): Readonly<Record<string, unknown>> {
  return cascade ? { finalizers: ['resources-finalizer.argocd.argoproj.io'] } : {}
}

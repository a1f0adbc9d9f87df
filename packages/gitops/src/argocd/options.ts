import type { ReleaseOptions } from '../options.ts'
import type { ArgoCdForm } from './source.ts'

/** What an Application or ApplicationSet is made of. */
export interface ArgoCdOptions extends ReleaseOptions {
  /** Where Argo CD looks for Applications; default `argocd`. */
  readonly argoCdNamespace?: string | undefined
  /** Default `default`. */
  readonly project?: string | undefined
  /** The cluster's address; default the one that Argo CD runs in. */
  readonly server?: string | undefined
  /** Default: `oci` where the version reads it and the chart lies in a registry. */
  readonly form?: ArgoCdForm | undefined
  /** The Secret of the repository is written beside it; default false. */
  readonly hasSecret?: boolean | undefined
  /** Syncs without being told; default true. */
  readonly autoSync?: boolean | undefined
  /** Removes what the chart no longer has; default true. */
  readonly prune?: boolean | undefined
  /** Undoes changes that others make; default true. */
  readonly selfHeal?: boolean | undefined
  /** Deleting the Application deletes what it installed; default false. */
  readonly cascade?: boolean | undefined
}

import type { Dependency } from '@chartroom/chart'
import type { Environment } from '../environment.ts'
import { readChartFolder } from './chart-folder.ts'
import { addedRepositories } from './options.ts'
import { addedAt, originOf, withUrls } from './origin.ts'

/**
 * The hosts that a login of the flags could be meant for: those of registries and of repositories that were
 * not added with a login of their own.
 */
export async function dependencyHosts(folder: string, environment: Environment): Promise<string[]> {
  const { declared, lock } = await readChartFolder(folder)
  const added = await addedRepositories(environment)
  const all = [...withUrls(declared ?? [], added), ...(lock?.dependencies ?? [])]
  const hosts = all
    .filter((one) => originOf(one) === 'registry' || isUnmanaged(one, added))
    .map(({ repository }) => hostOf(repository))
  return [...new Set(hosts.filter((host) => host !== ''))]
}

function isUnmanaged(dependency: Dependency, added: Parameters<typeof addedAt>[1]): boolean {
  return originOf(dependency) === 'repository' && addedAt(dependency.repository, added) === undefined
}

function hostOf(url: string): string {
  const web = url.replace(/^oci:/, 'http:')
  return URL.canParse(web) ? new URL(web).host : ''
}

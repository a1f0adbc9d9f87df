import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Service, Vendor } from '@chartroom/testkit/vendors'
import type { Cluster } from '../kube/cluster.ts'
import { done, publishing } from '../vendors/scene.ts'
import type { Person, Stage } from '../vendors/stage.ts'
import { openStage, writeDockerLogin } from '../vendors/stage.ts'
import { run, workspace } from '../workspace.ts'

/** The vendors, the place the document speaks of with its chart, and a cluster where its programs are installed. */
export interface World {
  readonly stage: Stage
  readonly cluster: Cluster | undefined
  /** The repository that `git clone` gets. */
  readonly repository: string
}

/** Where the blocks of a section must have put the chart. */
export const places: Readonly<Record<string, (stage: Stage) => readonly [Vendor, path: string]>> = {
  B4: ({ vendors }) => [vendors.ghcr, 'myuser/charts/hypersdk'],
  B6: ({ vendors }) => [vendors.dockerHub, 'myuser/hypersdk'],
  B7: ({ vendors }) => [vendors.ecr, 'charts/hypersdk'],
  B8: ({ vendors }) => [vendors.acr, 'charts/hypersdk'],
  B9: ({ vendors }) => [vendors.gar, 'myproject/charts/hypersdk'],
  B10: ({ vendors }) => [vendors.harbor, 'library/hypersdk'],
  'JFrog Artifactory': ({ vendors }) => [vendors.artifactory, 'charts/hypersdk'],
  B11: ({ vendors }) => [vendors.ghcr, 'ssahani/charts/hypersdk'],
  B18: ({ vendors }) => [vendors.ghcr, 'myuser/charts/hypersdk'],
}

const site = 'https://ssahani.github.io/hypersdk/helm-charts'

export async function openWorld(startCluster: () => Promise<Cluster | undefined>): Promise<World> {
  let pages = ''
  const stage = await openStage([{ host: 'ssahani.github.io', service: websiteOf(() => pages) }])
  const { ghcr } = stage.vendors
  ghcr.addOwner('ssahani')
  const owner = await stage.person('owner')
  await writeDockerLogin(owner, ghcr.host, ghcr.writer)
  const chart = join(workspace, 'deployments', 'helm', 'hypersdk')
  pages = join(owner.home, 'repository', 'docs', 'helm-charts')
  await done(owner.ours(publishing(chart, 'oci://ghcr.io/ssahani/charts')))
  await done(owner.ours([...publishing(chart, pages), '--repo-url', site]))
  ghcr.setVisibility('ssahani/charts/hypersdk', 'public')
  const repository = await createRepository(owner)
  const cluster = await startCluster()
  for (const name of ['hypersdk', 'argocd', 'flux-system']) await createNamespace(cluster, name)
  return { stage, repository, cluster }
}

/** Everything the readers clone: the chart, the scripts, chartroom.yaml, and the website's folder as it is. */
async function createRepository(owner: Person): Promise<string> {
  const repository = join(owner.home, 'repository')
  for (const name of ['chartroom.yaml', 'deployments'])
    await cp(join(workspace, name), join(repository, name), { recursive: true })
  const git = ['-c', 'user.name=owner', '-c', 'user.email=owner@example.com']
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '.'],
    [...git, 'commit', '-qm', 'chart'],
  ])
    await done(run('git', args, { cwd: repository, env: owner.env }))
  return repository
}

/** A folder at the address of the classic repository. */
function websiteOf(folder: () => string): Service {
  return async ({ url }) => {
    const path = join(folder(), url.pathname.replace('/hypersdk/helm-charts/', ''))
    const body = await readFile(path).catch(() => undefined)
    return body === undefined ? { status: 404 } : { status: 200, body }
  }
}

/** Nothing where there is no cluster, or where it has the namespace. */
export async function createNamespace(cluster: Cluster | undefined, name: string): Promise<void> {
  const { code, stderr } = (await cluster?.kubectl(['create', 'namespace', name])) ?? { code: 0, stderr: '' }
  if (code !== 0 && !stderr.includes('AlreadyExists')) throw new Error(stderr)
}

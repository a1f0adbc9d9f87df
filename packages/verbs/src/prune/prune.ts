import { ChartroomError, hasCode, isChartroomError } from '@chartroom/errors'
import type { Digest, Reference, RemoteRepository } from '@chartroom/oci'
import { formatReference, parseReference } from '@chartroom/oci'
import { repositoriesBelow } from '../charts/charts.ts'
import type { Connections } from '../connection.ts'
import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'
import { removeManifest, removeTag } from '../vendor/removal.ts'
import { executePlan } from './delete.ts'
import type { RepositoryGraph } from './graph.ts'
import type { PrunePlan } from './plan.ts'
import { planPrune } from './plan.ts'
import type { RetentionPolicy } from './policy.ts'
import { checkPolicy } from './policy.ts'
import { readGraph } from './read.ts'
import type { PrunedRepository } from './result.ts'
import { failedResult, plannedResult, prunedResult } from './result.ts'

/** A repository with its plan, of which nothing is done yet. */
export interface Pruning {
  readonly planned: PrunedRepository
  /** Does it; all of it has failed with `CONFLICT` where the tags are no longer those of the plan. */
  run(): Promise<PrunedRepository>
}

/** Plans what to remove of charts' repositories, each named without tag or digest. */
export async function planPruning(
  connections: Connections,
  texts: readonly string[],
  policy: RetentionPolicy,
): Promise<Pruning[]> {
  checkPolicy(policy)
  const references = texts.map(repositoryReference)
  const prunings: Pruning[] = []
  for (const reference of references)
    prunings.push(pruningOf(connections, await readPlan(connections, reference, policy)))
  return prunings
}

/** Likewise of all charts below `HOST/PATH`, as the registry's catalog lists them. Throws `UNSUPPORTED` without one. */
export async function planPruningBelow(
  connections: Connections,
  prefixes: readonly string[],
  policy: RetentionPolicy,
): Promise<Pruning[]> {
  checkPolicy(policy)
  const prunings: Pruning[] = []
  for (const prefix of prefixes) {
    for (const repository of await repositoriesBelow(connections, prefix)) {
      const planned = await readPlanIfShown(connections, parseReference(repository), policy)
      const manifests = [...(planned?.graph.manifests.values() ?? [])]
      const hasChart = manifests.some(({ kind }) => kind === 'chart')
      if (planned !== undefined && hasChart) prunings.push(pruningOf(connections, planned))
    }
  }
  return prunings
}

function repositoryReference(text: string): Reference {
  const reference = parseReference(text)
  const { registry, repository, tag, digest } = reference
  if (tag === undefined && digest === undefined) return reference
  throw new ChartroomError('USAGE', `${text} names one version; prune looks at all of a chart`, {
    hint: `Write oci://${registry}/${repository}, or delete the one: chartroom delete ${text}.`,
  })
}

async function readPlan(
  connections: Connections,
  reference: Reference,
  policy: RetentionPolicy,
): Promise<Planned> {
  const target = connections.repository(reference)
  const repository = formatReference(reference)
  try {
    const graph = await readGraph(target)
    return { repository, target, graph, plan: planPrune(graph, policy) }
  } catch (error) {
    if (!hasCode(error, 'NOT_FOUND', 'REPOSITORY_NOT_FOUND')) throw error
    throw new ChartroomError('CHART_NOT_FOUND', `there is no chart ${repository}`, {
      op: 'prune',
      origin: reference.registry,
      cause: error,
      hint: `Check the path. chartroom charts ${repository.replace(/\/[^/]*$/, '')} lists what is there, where the registry allows it.`,
    })
  }
}

// A repository may vanish, or hide from us, between the catalog and this.
async function readPlanIfShown(...asked: Parameters<typeof readPlan>): Promise<Planned | undefined> {
  try {
    return await readPlan(...asked)
  } catch (error) {
    if (hasCode(error, 'CHART_NOT_FOUND', 'FORBIDDEN')) return undefined
    throw error
  }
}

function pruningOf(connections: Connections, planned: Planned): Pruning {
  const result = plannedResult(planned.repository, planned.plan)
  return {
    planned: result,
    async run() {
      try {
        return await execute(connections, planned)
      } catch (error) {
        // What was done at other charts is still to be told.
        if (!isChartroomError(error) || error.code === 'ABORTED') throw error
        return failedResult(result, error)
      }
    },
  }
}

interface Planned {
  readonly repository: string
  readonly target: RemoteRepository
  readonly graph: RepositoryGraph
  readonly plan: PrunePlan
}

async function execute(connections: Connections, planned: Planned): Promise<PrunedRepository> {
  const { plan, graph, repository, target } = planned
  const idle = plan.manifests.length === 0 && plan.tags.every(({ action }) => action === 'keep')
  if (!idle) await checkUnchanged(target, graph, repository)
  const outcomes = await executePlan(plan, {
    target,
    removeTag: (tag) => removeTag(connections, target, tag),
    removeManifest: (digest) => removeManifest(connections, target, digest),
  })
  return prunedResult(planned, outcomes)
}

// Somebody may have moved a tag since: onto what is to go, for one.
async function checkUnchanged(
  target: RemoteRepository,
  { tags, unreadable }: RepositoryGraph,
  repository: string,
): Promise<void> {
  const names: string[] = []
  for await (const tag of target.tags()) if (!unreadable.has(tag)) names.push(tag)
  const now = await pool(names, concurrency, (tag) => digestOf(target, tag))
  const moved = names.filter((tag, index) => now[index] !== undefined && now[index] !== tags.get(tag))
  const there = new Set(names)
  const gone = [...tags.keys()].filter((tag) => !there.has(tag))
  const [first] = [...moved, ...gone]
  if (first === undefined) return
  throw new ChartroomError(
    'CONFLICT',
    `${repository} changed while it was looked at: ${first}; nothing was removed`,
    {
      op: 'prune',
      origin: target.host,
      hint: 'Run the same command again.',
    },
  )
}

async function digestOf(target: RemoteRepository, tag: string): Promise<Digest | undefined> {
  try {
    return (await target.resolve(tag)).digest
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND', 'MANIFEST_INVALID', 'LIMIT_EXCEEDED')) return undefined
    throw error
  }
}

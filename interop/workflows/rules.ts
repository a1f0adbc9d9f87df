import type { Job, Node, Step, Workflow } from './workflow.ts'
import { Expression, isMap, mapOf } from './workflow.ts'

/** Actions of others that may be used; ours stand in the checkout. */
const known = ['actions/checkout', 'actions/setup-node', 'actions/upload-artifact']

/** What a workflow does that a careful one does not. */
export function offencesOf(workflow: Workflow): string[] {
  const { fields, jobs, file, text } = workflow
  const found = jobs.flatMap((job) => [
    ...jobOffences(job, fields['permissions']),
    ...job.steps.flatMap((step) => stepOffences(step, text).map((one) => `${job.id}: ${step.name}: ${one}`)),
  ])
  if (fields['concurrency'] === undefined) found.push('no concurrency')
  return found.map((one) => `${file}: ${one}`)
}

function jobOffences({ id, fields, steps }: Job, inherited: Node | undefined): string[] {
  const found: string[] = []
  const permissions = fields['permissions'] ?? inherited
  if (!isMap(permissions)) found.push(`${id}: no permissions, or all`)
  const checksOut = steps.some(({ fields: { uses } }) => String(uses).startsWith('actions/checkout@'))
  if (checksOut && mapOf(permissions)['contents'] === undefined)
    found.push(`${id}: checks out without contents: read, which a private repository asks for`)
  if (typeof fields['timeout-minutes'] !== 'number') found.push(`${id}: no timeout-minutes`)
  return found
}

function stepOffences({ fields }: Step, workflow: string): string[] {
  const { run, uses } = fields
  if (run instanceof Expression) return [`a script that has ${run.text} in it: hand it over in env`]
  if (typeof uses !== 'string' || uses === './') return []
  const [name = '', version = ''] = uses.split('@')
  const found: string[] = []
  if (!known.includes(name)) found.push(`${name} is not one of ${known.join(', ')}`)
  if (!/^[0-9a-f]{40}$/.test(version)) found.push(`${uses} is not pinned by 40 hexadecimal digits`)
  if (!new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+`).test(workflow))
    found.push(`${uses} has no version beside it`)
  if (name === 'actions/checkout' && String(mapOf(fields['with'])['persist-credentials']) !== 'false')
    found.push('persist-credentials is not false')
  return found
}

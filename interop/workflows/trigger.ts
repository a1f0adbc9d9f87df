import type { Trigger } from './machine.ts'
import type { Workflow } from './workflow.ts'
import { listOf, mapOf } from './workflow.ts'

/** Whether an event starts a workflow: the filters of branches and tags, as far as our workflows use them. */
export function isTriggeredBy({ on }: Workflow, { name, ref, baseRef }: Trigger): boolean {
  if (!Object.hasOwn(on, name)) return false
  const { branches, tags, ...others } = mapOf(on[name])
  const unknown = Object.keys(others).filter((key) => !['inputs', 'types'].includes(key))
  if (unknown.length > 0) throw new Error(`the filter ${unknown.join(', ')} is not known here`)
  if (name === 'workflow_dispatch') return true
  if (name === 'pull_request') return branches === undefined || matches(listOf(branches), baseRef ?? '')
  const [, kind, refName = ''] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? []
  if (branches === undefined && tags === undefined) return true
  return matches(listOf(kind === 'tags' ? tags : branches), refName)
}

function matches(patterns: readonly unknown[], name: string): boolean {
  return patterns.some((pattern) => expressionOf(String(pattern)).test(name))
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*'
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`, 's')
}

import { buildDependencies } from '@chartroom/verbs'
import { runDependencies } from '../dependency-options.ts'
import type { Invocation } from '../invocation.ts'

export function run(invocation: Invocation): Promise<void> {
  return runDependencies(invocation, 'build', buildDependencies)
}

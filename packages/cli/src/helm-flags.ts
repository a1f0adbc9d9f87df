import { resolve } from 'node:path'
import type { Invocation } from './invocation.ts'
import { withLateSignal } from './invocation.ts'

const helmFiles = ['registry-config', 'repository-config', 'repository-cache']

/** Helm's flags on its own files are its variables to everything else. */
export function withHelmFiles(invocation: Invocation): Invocation {
  const { args, flags, io, environment } = invocation
  const given = helmFiles.flatMap((name) => {
    const path = flags.text(name)
    if (!path) return []
    return [[`HELM_${name.toUpperCase().replace('-', '_')}`, resolve(environment.cwd, path)] as const]
  })
  if (given.length === 0) return invocation
  const env = { ...environment.env, ...Object.fromEntries(given) }
  const { cwd, platform } = environment
  return withLateSignal({ args, flags, io, environment: { env, cwd, platform } }, () => invocation.signal)
}

/**
 * The release's namespace: that of the flag, else of the variable, else of the context that the flags choose, else
 * `default`. Without a flag no kubeconfig is read: a chart renders alike on every machine.
 */
export async function namespaceOf(
  { flags, environment }: Invocation,
  warn: (message: string) => void,
): Promise<string> {
  const given = flags.text('namespace') ?? environment.env.HELM_NAMESPACE
  if (given) return given
  const choice = { kubeconfig: flags.text('kubeconfig'), context: flags.text('kube-context') }
  if (!choice.kubeconfig && !choice.context) return 'default'
  const { contextNamespace } = await import('@chartroom/verbs')
  return (await contextNamespace(choice, environment, warn)) ?? 'default'
}

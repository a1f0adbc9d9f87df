import type { FlagSpec } from './flag.ts'

/** Flags of helm that change nothing here: command lines of helm 3 and 4 run unchanged. */
export function idleFlags(...all: readonly string[]): FlagSpec[] {
  return all.map((flags) => ({ flags, description: 'changes nothing here', hidden: true }))
}

/** Where the namespace comes from. */
export const contextFlags: readonly FlagSpec[] = [
  {
    flags: '--kube-context <name>',
    description: 'take the namespace of this context of the kubeconfig, where --namespace is not given',
  },
  {
    flags: '--kubeconfig <file>',
    description: 'take the namespace of the current context of this file, where --namespace is not given',
  },
]

/** What all commands of helm take, and no command that asks no cluster does anything by. */
export const idleGlobalFlags: readonly FlagSpec[] = idleFlags(
  '--burst-limit <n>',
  '--color <when>',
  '--colour <when>',
  '--content-cache <dir>',
  '--kube-apiserver <address>',
  '--kube-as-group <name>',
  '--kube-as-user <name>',
  '--kube-ca-file <file>',
  '--kube-insecure-skip-tls-verify',
  '--kube-tls-server-name <name>',
  '--kube-token <token>',
  '--qps <n>',
)

export const idleLintFlags: readonly FlagSpec[] = [
  ...idleGlobalFlags,
  ...idleFlags(
    '--debug',
    '--registry-config <file>',
    '--repository-cache <dir>',
    '--repository-config <file>',
  ),
]

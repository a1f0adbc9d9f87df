import { printableLine } from '@chartroom/errors'
import type { KubernetesObject } from '@chartroom/gitops'
import { formatObjects, formatObjectsJson } from '@chartroom/gitops'
import type { Invocation } from './invocation.ts'

/** Prints objects of Kubernetes, and on `err` what should be known of them. */
export function printObjects(
  { flags, io }: Pick<Invocation, 'flags' | 'io'>,
  objects: readonly KubernetesObject[],
  notes: readonly string[],
): void {
  const text = flags.text('output') === 'json' ? formatObjectsJson(objects) : formatObjects(objects)
  io.out(text)
  for (const note of notes) io.err(`Note: ${printableLine(note)}\n`)
  if (io.outIsTerminal && objects.some(({ kind }) => kind === 'Secret')) {
    io.err(
      'Note: This Secret is readable by everybody who sees it: pipe it to kubectl apply -f -, or seal it (kubeseal, sops) before it goes into git.\n',
    )
  }
}

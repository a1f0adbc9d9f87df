import type { Transport } from '@chartroom/oci'
import type { ProviderContext } from './context.ts'

const made = new WeakMap<Transport, Map<string, unknown>>()

/**
 * What is made once for all calls of a run, which share a transport: a client with the keys it has found, a token.
 * The key names its kind and all that its making depends on.
 */
export function oncePerRun<T>(
  { transport }: Pick<ProviderContext, 'transport'>,
  key: string,
  make: () => T,
): T {
  const ofRun = made.get(transport) ?? new Map<string, unknown>()
  made.set(transport, ofRun)
  if (!ofRun.has(key)) ofRun.set(key, make())
  return ofRun.get(key) as T
}

/** Forgets it, so that the next call makes it anew. */
export function forgetInRun({ transport }: Pick<ProviderContext, 'transport'>, key: string): void {
  made.get(transport)?.delete(key)
}

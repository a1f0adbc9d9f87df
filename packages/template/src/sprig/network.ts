import type { GoFunction } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { fixed } from './go-function.ts'

/** Helm's `getHostByName`: empty unless it was told to ask the network. */
export function networkFunctions(ports: TemplatePorts): ReadonlyMap<string, GoFunction> {
  return new Map([['getHostByName', fixed('string', (name: string) => ports.resolveHost?.(name) ?? '')]])
}

import type { GoObject } from '../value/object.ts'
import { textMethod } from './named-int.ts'
import type { Zone } from './zone.ts'

/** Go's `*time.Location`. */
export interface GoLocation extends GoObject {
  readonly zone: Zone
}

export function goLocation(zone: Zone): GoLocation {
  const text = () => zone.name
  return {
    goType: '*time.Location',
    goKind: 'ptr',
    fields: new Map(),
    methods: textMethod(text),
    text,
    zone,
  }
}

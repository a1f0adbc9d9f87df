import type { CopyResult } from '@chartroom/verbs'
import type { Table } from './output.ts'

export function copyTable(copied: readonly CopyResult[]): Table {
  return {
    head: ['REFERENCE', 'DIGEST'],
    rows: copied.map(({ destination, digest }) => [destination, digest]),
  }
}

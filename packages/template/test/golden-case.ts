import { readdirSync, readFileSync } from 'node:fs'
import type { GoldenValue } from './typed-value.ts'

/** A question to the oracle, and what Go answered. interop/oracle/template/README.md has all fields. */
export interface GoldenCase {
  readonly engine?: 'helm' | 'text' | 'fmt' | 'yaml' | 'constraint'
  readonly template?: string
  /** Other templates of the same set. */
  readonly templates?: Readonly<Record<string, string>>
  readonly values?: GoldenValue
  /** Of the chart. */
  readonly files?: Readonly<Record<string, string>>
  readonly set?: readonly string[]
  readonly lint?: boolean
  readonly strict?: boolean
  readonly release?: {
    readonly name: string
    readonly namespace: string
    readonly revision: number
    readonly isUpgrade: boolean
  }
  readonly kube?: string
  readonly apiVersions?: readonly string[]
  /** The outputs of all templates are asked for. */
  readonly all?: boolean
  readonly missingkey?: 'zero' | 'error' | 'default'
  readonly format?: string
  readonly args?: readonly GoldenValue[]
  /** What the constraint is asked about. */
  readonly versions?: readonly string[]
  readonly out?: string
  readonly outs?: Readonly<Record<string, string>>
  readonly error?: string
}

export type Answer = Pick<GoldenCase, 'out' | 'outs' | 'error'>

const folder = new URL('../golden/cases/', import.meta.url)

export const groupNames: readonly string[] = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))

export function readGroup(name: string): GoldenCase[] {
  const text = readFileSync(new URL(`${name}.json`, folder), 'utf8')
  const { shared, cases } = JSON.parse(text) as { shared: GoldenCase; cases: GoldenCase[] }
  return cases.map((one) => ({ ...shared, ...one }))
}

export function answerOf({ out, outs, error }: GoldenCase): Answer {
  if (error !== undefined) return { error }
  return outs === undefined ? { out: out ?? '' } : { outs }
}

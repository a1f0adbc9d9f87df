import type { Value } from '@chartroom/go'
import { formatYaml } from '@chartroom/go'
import type { ObjectData } from './object-data.ts'
import { isData } from './object-data.ts'

const values = ['data', 'stringData']

/** What stands for a value of a Secret: that it is another one is said, and nothing else of it. */
const same = '(hidden)'
const marks = { before: '(hidden, before)', after: '(hidden, after)' } as const

// In any case: Go's JSON takes a key in any, and a secret that a cluster refuses is one all the same.
export function isSecret({ kind }: { readonly kind: string }): boolean {
  return kind.toLowerCase() === 'secret'
}

/** A Secret without its values, for one side of a comparison; `other` is what it is compared with. */
export function maskedSecret(
  data: ObjectData,
  other: ObjectData | undefined,
  side: keyof typeof marks,
): ObjectData {
  return new Map(
    [...data].map(([key, value]) => {
      if (!values.some((name) => name.toLowerCase() === key.toLowerCase())) return [key, value]
      return [key, masked(value, other?.get(key), other === undefined ? same : marks[side])]
    }),
  )
}

function masked(value: Value, other: Value | undefined, changed: string): Value {
  if (value === null || value === undefined) return value
  if (!isData(value)) return isEqual(value, other) ? same : changed
  return new Map(
    [...value].map(([key, item]) => {
      const before = isData(other) ? other.get(key) : undefined
      // One that is new or gone is known by its name already.
      return [key, before === undefined || isEqual(item, before) ? same : changed]
    }),
  )
}

function isEqual(a: Value, b: Value | undefined): boolean {
  return b !== undefined && formatYaml(a) === formatYaml(b)
}

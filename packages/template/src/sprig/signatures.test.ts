import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { portablePorts } from '../portable-ports.ts'
import { sprigFunctions } from './index.ts'

interface Signature {
  readonly parameters: string[]
  readonly variadic: boolean
}

/** Written by interop/oracle/sprig/regenerate.mjs. */
const signatures = JSON.parse(
  readFileSync(new URL('../../golden/sprig-signatures.json', import.meta.url), 'utf8'),
) as Record<string, Signature>

/** Our names of Go's types; the others are the same. */
const types: Readonly<Record<string, string>> = {
  'interface {}': 'any',
  'map[string]interface {}': 'map',
  '[]interface {}': 'list',
  'time.Time': 'time',
}

describe('sprigFunctions', () => {
  const functions = sprigFunctions(portablePorts(globalThis))

  it('are the functions of Sprig but for env and expandenv', () => {
    expect([...functions.keys()].sort()).toEqual(Object.keys(signatures).sort())
  })

  // A certificate is a type of Sprig's own, for which a parameter has no name here.
  it.each(
    Object.entries(signatures).filter(([, { parameters }]) => !parameters.includes('sprig.certificate')),
  )('%s has the parameters it has in Go', (name, { parameters, variadic }) => {
    const known = functions.get(name)
    expect({ parameters: known?.parameters, variadic: known?.variadic }).toEqual({
      parameters: parameters.map((type) => types[type] ?? type),
      variadic,
    })
  })
})

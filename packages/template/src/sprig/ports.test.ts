import type { GoFunction, Value } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { portablePorts } from '../portable-ports.ts'
import { networkFunctions } from './network.ts'
import { shuffleFunctions } from './shuffle.ts'

const ports = portablePorts(globalThis)
const call = (functions: ReadonlyMap<string, GoFunction>, name: string, text: string): Value =>
  ((functions.get(name) as GoFunction).call as (text: string) => Value)(text)

describe('getHostByName', () => {
  it('is empty without a port, and asks the port where there is one', () => {
    expect(call(networkFunctions(ports), 'getHostByName', 'example.com')).toBe('')
    const asking = networkFunctions({ ...ports, resolveHost: (name) => `address of ${name}` })
    expect(call(asking, 'getHostByName', 'example.com')).toBe('address of example.com')
  })
})

describe('shuffle', () => {
  it('keeps the characters, of any size', () => {
    const shuffled = String(call(shuffleFunctions(ports), 'shuffle', 'aé日𝒳zz'))
    expect(Array.from(shuffled).sort()).toEqual(Array.from('aé日𝒳zz').sort())
  })

  it('takes its order from the random port alone', () => {
    const constant = { ...ports, randomBytes: (length: number) => new Uint8Array(length) }
    expect(call(shuffleFunctions(constant), 'shuffle', 'abcd')).toBe('bcda')
  })
})

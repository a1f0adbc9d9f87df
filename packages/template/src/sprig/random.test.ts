import type { GoInt } from '@chartroom/go'
import { base64, goInt } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { nodePorts } from '../node/ports.ts'
import { decodeBase64 } from './base64.ts'
import { maxTextLength } from './limits.ts'
import { randomFunctions } from './random.ts'
import { callOrError } from '../../test/golden-crypto.ts'

const functions = randomFunctions(nodePorts)

describe('random text', () => {
  it.each([
    ['randAlpha', 52, /^[A-Za-z]*$/],
    ['randAlphaNum', 62, /^[A-Za-z0-9]*$/],
    ['randNumeric', 10, /^[0-9]*$/],
    ['randAscii', 95, /^[ -~]*$/],
  ])('of %s has %i different characters, and nothing else', (name, kinds, shape) => {
    const text = String(callOrError(functions, name, [goInt(20_000)]))
    expect(text).toHaveLength(20_000)
    expect(text).toMatch(shape)
    expect(new Set(text).size).toBe(kinds)
  })

  it('favours no character', () => {
    const ports = { ...nodePorts, randomBytes: everyByte }
    const text = String(callOrError(randomFunctions(ports), 'randAlphaNum', [goInt(62 * 4)]))
    const counts = new Map([...text].map((character) => [character, text.split(character).length - 1]))
    expect(new Set(counts.values())).toEqual(new Set([4]))
  })

  it.each(['randAlpha', 'randBytes'])('of %s has a limit', (name) => {
    const answer = callOrError(functions, name, [goInt(maxTextLength + 1)])
    expect(answer).toBe(`the result is longer than ${maxTextLength} characters`)
  })
})

describe('randBytes', () => {
  it('is base64 of that many bytes, across the pieces they come in', () => {
    const bytes = decodeBase64(String(callOrError(functions, 'randBytes', [goInt(150_001)])))
    expect(bytes).toHaveLength(150_001)
    expect(new Set(bytes as Uint8Array).size).toBe(256)
  })

  it('takes the bytes of the port', () => {
    const ports = { ...nodePorts, randomBytes: (length: number) => new Uint8Array(length).fill(7) }
    expect(callOrError(randomFunctions(ports), 'randBytes', [goInt(2)])).toBe(base64(Uint8Array.of(7, 7)))
  })
})

describe('randInt', () => {
  it('goes from the first number up to but without the second', () => {
    const seen = Array.from({ length: 500 }, () => draw(-2n, 3n))
    expect([...new Set(seen)].sort((left, right) => Number(left - right))).toEqual([-2n, -1n, 0n, 1n, 2n])
  })

  it('reaches every int', () => {
    const seen = Array.from({ length: 50 }, () => draw(0n, (1n << 63n) - 1n))
    expect(new Set(seen).size).toBe(50)
  })

  function draw(least: bigint, end: bigint): bigint {
    return (callOrError(functions, 'randInt', [goInt(least), goInt(end)]) as GoInt).value
  }
})

describe('uuidv4', () => {
  it('has the version and the variant in their places', () => {
    const ports = { ...nodePorts, randomBytes: (length: number) => new Uint8Array(length).fill(255) }
    expect(callOrError(randomFunctions(ports), 'uuidv4', [])).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
    expect(callOrError(functions, 'uuidv4', [])).not.toBe(callOrError(functions, 'uuidv4', []))
  })
})

function everyByte(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index % 256)
}

import type { GoFunction } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { fixed } from './go-function.ts'
import { runesOf } from './unicode.ts'

/** `shuffle`: the characters of a text in any order, all equally likely. */
export function shuffleFunctions(ports: TemplatePorts): ReadonlyMap<string, GoFunction> {
  return new Map([['shuffle', fixed('string', (text: string) => shuffle(text, ports))]])
}

function shuffle(text: string, ports: TemplatePorts): string {
  const runes = runesOf(text)
  for (let last = runes.length - 1; last > 0; last--) {
    const other = randomBelow(last + 1, ports)
    const rune = runes[last] ?? ''
    runes[last] = runes[other] ?? ''
    runes[other] = rune
  }
  return runes.join('')
}

function randomBelow(bound: number, ports: TemplatePorts): number {
  const fair = 2 ** 32 - (2 ** 32 % bound)
  for (;;) {
    const number = ports.randomBytes(4).reduce((sum, byte) => sum * 256 + byte, 0)
    if (number < fair) return number % bound
  }
}

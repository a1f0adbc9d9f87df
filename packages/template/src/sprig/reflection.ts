import type { GoFunction, Value } from '@chartroom/go'
import { kindOf, typeOf } from '@chartroom/go'
import { fixed } from './go-function.ts'

export const reflectionFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['typeOf', fixed('any', typeOf)],
  ['typeIs', fixed('string any', (target: string, value: Value) => target === typeOf(value))],
  [
    'typeIsLike',
    fixed('string any', (target: string, value: Value) => [target, `*${target}`].includes(typeOf(value))),
  ],
  ['kindOf', fixed('any', kindOf)],
  ['kindIs', fixed('string any', (target: string, value: Value) => target === kindOf(value))],
])

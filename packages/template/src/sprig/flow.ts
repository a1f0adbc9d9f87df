import type { GoFunction } from '@chartroom/go'
import { FunctionError } from '@chartroom/go'
import { fixed } from './go-function.ts'

export const flowFunctions: ReadonlyMap<string, GoFunction> = new Map([
  [
    'fail',
    fixed('string', (message: string): never => {
      throw new FunctionError(message)
    }),
  ],
])

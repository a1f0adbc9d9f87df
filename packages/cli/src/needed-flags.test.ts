import { describe, expect, it } from 'vitest'
import type { FlagSpec } from './flag.ts'
import { flagName } from './flag.ts'
import { neededFlags } from './needed-flags.ts'

const flags: readonly FlagSpec[] = [
  { flags: '-f, --values <file>', description: '' },
  { flags: '--no-hooks', description: '' },
  { flags: '--server-side', description: '' },
  { flags: '--set <line>', description: '' },
]
const all = ['values', 'no-hooks', 'server-side', 'set']

describe('neededFlags gives', () => {
  it.each([
    ['none of a line without flags', ['app'], {}, []],
    ['those that are named, in their order', ['--set', 'a=b', '-f', 'x', 'app'], {}, ['values', 'set']],
    ['those that stand with their value', ['--set=a=b'], {}, ['set']],
    ['those that are denied', ['--no-server-side', '--no-hooks'], {}, ['no-hooks', 'server-side']],
    ['none for standard input and the end of flags', ['-f', '-', '--', 'app'], {}, ['values']],
    ['those of variables', ['app'], { CHARTROOM_SET: 'a=b', CHARTROOM_NO_HOOKS: '' }, ['no-hooks', 'set']],
    ['all for help', ['--help'], {}, all],
    ['all for a flag that is none', ['--sett', 'a=b'], {}, all],
    ['all for a short flag with its value', ['-fx'], {}, all],
  ])('%s', (_, argv, env, expected) => {
    expect(neededFlags(flags, argv, env).map(flagName)).toEqual(expected)
  })
})

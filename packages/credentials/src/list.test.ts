import { describe, expect, it } from 'vitest'
import { auth, world } from '../test/world.ts'
import { listLogins } from './list.ts'

describe.skipIf(process.platform === 'win32')('listLogins', () => {
  it('lists files and helpers, the first that is asked first, each address once', async () => {
    const place = world()
    place.write(place.helm, { auths: { 'a.test': auth('helm') }, credsStore: 'pass' })
    place.helper('pass', `echo '{"a.test":"pass","b.test":"pass"}'`)
    place.write(place.docker, {
      auths: { 'b.test': auth('docker'), 'c.test': { identitytoken: 't' }, 'd.test': {} },
    })
    expect(Object.fromEntries(await listLogins(place))).toEqual({
      'a.test': 'helm',
      'b.test': 'pass',
      'c.test': '<token>',
    })
  })

  it('passes over what cannot be read, does not answer, or is itself', async () => {
    const place = world()
    place.helper('broken', 'echo hunter2; exit 1')
    place.helper('garbage', 'echo hunter2')
    place.helper('chartroom', `echo '{"z.test":"never"}'`)
    place.write(place.helm, '{"auths": hunter2')
    place.write(place.docker, {
      auths: { 'a.test': auth('u') },
      credsStore: 'chartroom',
      credHelpers: { 'b.test': 'broken', 'c.test': 'garbage', 'd.test': 'absent' },
    })
    expect(Object.fromEntries(await listLogins(place))).toEqual({ 'a.test': 'u' })
  })
})

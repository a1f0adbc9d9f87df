import { chmodSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { auth, world } from '../test/world.ts'
import { surveyLogins } from './survey.ts'

describe('surveyLogins', () => {
  it('names the files in the order they are asked, and what each has', () => {
    const place = world()
    place.write(place.helm, { auths: { 'a.test': auth('u') }, credsStore: 'pass' })
    place.write(place.podman, { auths: { 'a.test/team': auth('u'), 'a.test': auth('u') } })
    for (const path of [place.helm, place.podman]) chmodSync(path, 0o600)
    expect(surveyLogins(place, { host: 'a.test', repository: 'team/app' })).toEqual([
      { path: place.helm, state: 'readable', isOpen: false, key: 'a.test', helper: 'pass' },
      { path: place.docker, state: 'absent', isOpen: false },
      { path: place.podman, state: 'readable', isOpen: false, key: 'a.test/team', helper: undefined },
    ])
  })

  it('says what cannot be read, without a word of it', () => {
    const place = world()
    place.write(place.docker, '{"auths": hunter2')
    const [, docker] = surveyLogins(place)
    expect(docker).toMatchObject({ state: 'unreadable', problem: `${place.docker} is no JSON object` })
  })

  it.skipIf(process.platform === 'win32')('sees a file with logins that others may read', () => {
    const place = world()
    place.write(place.docker, { auths: { 'a.test': auth('u') } })
    place.write(place.helm, { credsStore: 'pass' })
    for (const path of [place.docker, place.helm]) chmodSync(path, 0o644)
    expect(surveyLogins(place).map(({ isOpen }) => isOpen)).toEqual([false, true, false])
  })

  it('takes no account of the helper that chartroom is itself', () => {
    const place = world()
    place.write(place.docker, { credsStore: 'chartroom' })
    expect(surveyLogins(place, { host: 'a.test' })[1]?.helper).toBeUndefined()
  })
})

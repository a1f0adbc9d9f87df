import { expect, it } from 'vitest'
import type { Expected, Scene } from './scene.ts'
import { chartOf, done, expectEnding, loggedIn, publishing } from './scene.ts'
import { said } from './stage.ts'

/** Our program, where something is missing. */
export function failureRows(scene: () => Scene, expected: Expected): void {
  const { wrongPassword, missingRights, missingPlace, missingChart } = expected

  it('a wrong password is refused at login, and not repeated', async () => {
    const { stage, vendor } = scene()
    const person = await stage.person('wrong')
    const args = ['login', vendor.host, '--username', vendor.writer.username, '--password-stdin']
    const ended = await person.ours(args, { input: 'not-the-password' })
    expectEnding(ended, wrongPassword)
    expect(said(ended)).not.toContain('not-the-password')
  })

  it('a reader is refused a publish, with the right that is missing', async () => {
    const { at, vendor } = scene()
    const person = await loggedIn(scene(), 'reader', vendor.reader)
    expectEnding(await person.ours(publishing(await chartOf(person, 'reader'), at)), missingRights)
    expect(vendor.ledger.tags(`${vendor.namespace}/reader`)).toEqual([])
  })

  if (missingPlace !== undefined) {
    it('a place that is not there is explained', async () => {
      const { vendor } = scene()
      const person = await loggedIn(scene(), 'nowhere')
      const to = `oci://${vendor.host}/${vendor.elsewhere}`
      expectEnding(await person.ours(publishing(await chartOf(person, 'lost'), to)), missingPlace)
    })
  }

  it('a chart that is not there is explained', async () => {
    const { at } = scene()
    const person = await loggedIn(scene(), 'hopeful')
    expectEnding(await person.ours(['pull', `${at}/absent`, '--version', '1.0.0']), missingChart)
  })

  it('a rate limit is waited for, and told of when it is long', async () => {
    const { at, vendor } = scene()
    const person = await loggedIn(scene(), 'eager')
    vendor.limitRate({ count: 1, seconds: 1 })
    await done(person.ours(['pull', `${at}/app`]))
    vendor.limitRate({ count: 50, seconds: 3600 })
    const ended = await person.ours(['pull', `${at}/app`])
    vendor.limitRate({ count: 0 })
    expectEnding(ended, [9, 'RATE_LIMITED', /\w/])
  })
}

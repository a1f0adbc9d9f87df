import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Expected, Scene } from './scene.ts'
import { chartOf, done, isBlobPut, publishing } from './scene.ts'
import type { Person } from './stage.ts'
import { digestOf, said } from './stage.ts'

/** Programs that were not written here: they check the emulators, and what we leave in them. */
export function peerRows(scene: () => Scene, { renewedFrom }: Expected): void {
  let peers: Person

  it('helm, crane and oras log in', async () => {
    const { stage, vendor } = scene()
    peers = await stage.person('peers')
    const login = ['login', vendor.host, '--username', vendor.writer.username, '--password-stdin']
    const input = `${vendor.writer.password}\n`
    // Each with a login of its own kind: helm's file, and Docker's, which the others share.
    await done(peers.helm(['registry', ...login], { input }))
    await done(peers.crane(['auth', ...login], { input }))
    await done(peers.oras(login, { input }))
  })

  it('helm pushes what we pull', async () => {
    const { at } = scene()
    await done(peers.helm(['package', await chartOf(peers, 'theirs')]))
    await done(peers.helm(['push', 'theirs-0.1.0.tgz', at]))
    await done(peers.ours(['pull', `${at}/theirs`, '--version', '0.1.0', '-d', 'from-helm']))
    const [pushed, pulled] = ['theirs-0.1.0.tgz', 'from-helm/theirs-0.1.0.tgz']
    expect(await digestOf(join(peers.home, pulled))).toBe(await digestOf(join(peers.home, pushed)))
  })

  it('helm pulls and renders what we publish', async () => {
    const { at, stage } = scene()
    await done(peers.ours(publishing(stage.archive, at)))
    await mkdir(join(peers.home, 'by-helm'))
    await done(peers.helm(['pull', `${at}/app`, '--version', '0.1.0', '-d', 'by-helm']))
    expect(await digestOf(join(peers.home, 'by-helm', 'app-0.1.0.tgz'))).toBe(stage.digest)
    expect(await done(peers.helm(['template', 'demo', `${at}/app`]))).toContain('kind: ConfigMap')
  })

  it('crane lists and reads what we publish', async () => {
    const { stage, vendor } = scene()
    const place = `${vendor.host}/${vendor.namespace}`
    expect((await done(peers.crane(['ls', `${place}/app`]))).trim()).toBe('0.1.0')
    expect(await done(peers.crane(['manifest', `${place}/app:0.1.0`]))).toContain(stage.digest)
  })

  it('oras pushes, attaches, finds what is attached, and pulls', async () => {
    const { vendor } = scene()
    const raw = `${vendor.host}/${vendor.namespace}/raw:1`
    await writeFile(join(peers.home, 'note.txt'), 'a note\n')
    await done(peers.oras(['push', raw, 'note.txt:text/plain']))
    await done(peers.oras(['attach', '--artifact-type', 'text/note', raw, 'note.txt:text/plain']))
    expect(await done(peers.oras(['discover', raw]))).toContain('text/note')
    await done(peers.oras(['pull', raw, '-o', 'by-oras']))
  })

  it('helm gives up where a token ends in the middle of a push; it is not asked to log in again', async () => {
    const { at, vendor } = scene()
    await done(peers.helm(['package', await chartOf(peers, 'helm-expiring')]))
    const push = ['push', 'helm-expiring-0.1.0.tgz', at]
    vendor.expireTokensAt(isBlobPut)
    const first = await peers.helm(push)
    expect(first.code, said(first)).toBe(1)
    expect(said(first)).toMatch(/40[13]/)
    const second = await peers.helm(push)
    expect(second.code, said(second)).toBe(renewedFrom === 'login' ? 0 : 1)
  })

  it('helm is refused a wrong password and, as a reader, a push', async () => {
    const { at, stage, vendor } = scene()
    const person = await stage.person('helm-reader')
    const { username, password } = vendor.reader
    const login = ['registry', 'login', vendor.host, '--username', username, '--password-stdin']
    expect(await person.helm(login, { input: 'not-the-password' })).toMatchObject({ code: 1 })
    await done(person.helm(login, { input: password }))
    await done(person.helm(['package', await chartOf(person, 'reader')]))
    const pushed = await person.helm(['push', 'reader-0.1.0.tgz', at])
    expect(pushed.code).toBe(1)
    expect(said(pushed)).toMatch(/40[13]|denied/)
    expect(vendor.ledger.tags(`${vendor.namespace}/reader`)).toEqual([])
  })
}

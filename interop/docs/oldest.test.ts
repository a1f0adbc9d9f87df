import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PeerName } from '../peers/peers.ts'
import { needPeer } from '../peers/peers.ts'
import { program, run } from '../workspace.ts'
import { good, sharedOffer } from './offer.ts'
import { rowsOf, sectionOf } from './table.ts'

const page = 'docs/choosing.md'
const rows = rowsOf(page, 'Oldest versions')

const theOffer = sharedOffer()

/** The oldest helm that the table gives for a purpose. */
function oldest(purpose: RegExp): string {
  return rows.find(([name, , why]) => name === 'helm' && purpose.test(why ?? ''))?.[1] ?? 'no row'
}

function atLeast(version: string, floor: string): boolean {
  const [[major = 0, minor = 0], [wantedMajor = 0, wantedMinor = 0]] = [version, floor].map((text) =>
    text.split('.').map(Number),
  ) as [number[], number[]]
  return major === wantedMajor ? minor >= wantedMinor : major > wantedMajor
}

/** What our doctor says of one helm. */
async function doctor(name: PeerName): Promise<{ verdict: string; message: string }> {
  const env = { ...(await theOffer()).home.env, PATH: dirname(needPeer(name)) }
  const { stdout } = await run(process.execPath, [program, 'doctor', 'helm', '-o', 'json'], { env })
  const { helm } = JSON.parse(stdout) as { helm: { verdict: string; message: string }[] }
  return helm[0] ?? { verdict: 'none', message: '' }
}

describe('the oldest versions of docs/choosing.md', () => {
  const helms = ['helm-3.0.3', 'helm-3.8.2', 'helm-3.21.4', 'helm-4.2.4'] as const

  it.each(helms)('S29h %s does what the table says of its version, and no more', async (name) => {
    const offer = await theOffer()
    const version = name.slice('helm-'.length)
    const { verdict } = await doctor(name)
    expect({
      classic: (await offer.fromSite(name, `site-${name}`)).code === 0,
      registry: (await offer.fromRegistry(name, `registry-${name}`)).code === 0,
      plainHttp: (await good(offer.peerAs(undefined, name, 'pull', '--help'))).includes('--plain-http'),
      current: verdict === 'current',
      tooOld: verdict === 'too-old',
    }).toEqual({
      classic: atLeast(version, oldest(/classic/)),
      registry: atLeast(version, oldest(/OCI/)),
      plainHttp: atLeast(version, oldest(/--plain-http/)),
      current: atLeast(version, oldest(/current line/)),
      tooOld: !atLeast(version, oldest(/OCI/)),
    })
  })

  it('S29h are those that doctor names', async () => {
    expect((await doctor('helm-3.0.3')).message).toContain(`need ${oldest(/OCI/)}.0 or newer`)
    const end = 'security support of Helm 3 ended in November 2026'
    expect((await doctor('helm-3.21.4')).message).toContain(end)
    expect(sectionOf(page, 'Oldest versions')).toContain(end)
  })
})

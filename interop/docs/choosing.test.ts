import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needPeer } from '../peers/peers.ts'
import type { Stage } from '../vendors/stage.ts'
import { openStage } from '../vendors/stage.ts'
import { run, writeChart } from '../workspace.ts'
import type { Offer } from './offer.ts'
import { good, refused, sharedOffer } from './offer.ts'
import { rowsOf, sectionOf } from './table.ts'

const page = 'docs/choosing.md'
const situations = rowsOf(page, 'Nine situations')

const theOffer = sharedOffer()
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage?.close())

type Take = 'a registry' | 'a classic repository' | 'both' | 'the folder itself'

/** A situation, what is recommended, the reason that the page gives, and a trial of it. */
type Trial = readonly [situation: string, take: Take, reason: RegExp, trial: (offer: Offer) => Promise<void>]

const trials: readonly Trial[] = [
  ['have a registry already', 'a registry', /takes charts beside images/, chartsBesideImages],
  ['need fine rights', 'a registry', /rights are for each path and person/, rightsByPath],
  ['want one login for charts and images', 'a registry', /logins count for both/, oneLogin],
  [
    'build in a cloud: AWS, Azure, Google',
    'a registry',
    /the account of the machine is the login; no password is kept/,
    cloudAccounts,
  ],
  ['serve several teams or customers', 'a registry', /a path for each, and none sees another's/, teamsApart],
  ['publish for everybody', 'both', /nobody needs a login for either.*private at first/, forEverybody],
  [
    'have users with an old helm',
    'both',
    /helm before 3\.8 reads the classic repository alone; newer ones take either/,
    oldHelm,
  ],
  [
    'want plain HTTP hosting, such as GitHub Pages',
    'a classic repository',
    /a folder of files: no program has to run/,
    plainFiles,
  ],
  [
    'have many charts to list together',
    'a classic repository',
    /the index lists all of them; many registries list nothing/,
    listed,
  ],
  ['change the chart, or try it', 'the folder itself', /what you edit is what is installed/, edited],
  ['have no network', 'the folder itself', /or an archive/, offline],
]

describe('docs/choosing.md', () => {
  it.each(trials)('S30 those who %s are told to take %s, and for a true reason', async (...row) => {
    const [situation, take, reason, trial] = row
    const [found, ...more] = situations.filter(([you]) => you === situation)
    expect(more).toEqual([])
    expect([found?.[1], found?.[2]]).toEqual([take, expect.stringMatching(reason)])
    await trial(await theOffer())
  })

  it('S30 has nine situations, two more, and none that is not tried', () => {
    expect(situations.map(([you]) => you)).toEqual(trials.map(([situation]) => situation))
    expect(situations).toHaveLength(9 + 2)
  })

  // Words of a short list, what it stands below there, and the situation of the table that it must agree with.
  const short: readonly (readonly [take: Take, word: RegExp, situation: string])[] = [
    ['both', /publish for others/, 'publish for everybody'],
    ['both', /do not know their helm/, 'have users with an old helm'],
    ['a registry', /are private/, 'need fine rights'],
    ['a registry', /a company's/, 'serve several teams or customers'],
    ['a registry', /pipeline pushes images/, 'want one login for charts and images'],
    ['a registry', /run\s+in a cloud/, 'build in a cloud: AWS, Azure, Google'],
    ['a classic repository', /a web server/, 'want plain HTTP hosting, such as GitHub Pages'],
    ['a classic repository', /by listing/, 'have many charts to list together'],
    ['the folder itself', /change the chart, try it/, 'change the chart, or try it'],
    ['the folder itself', /no network/, 'have no network'],
  ]

  it.each(short)('S54 says %s in short where %s, as of each situation', (take, word, situation) => {
    const items = sectionOf(page, 'In short').split(/^- /m)
    const item = items.find((text) => text.toLowerCase().startsWith(`**${take}**`))
    expect(item).toMatch(word)
    expect(situations.find(([you]) => you === situation)?.[1]).toBe(take)
  })

  // The same, as the page for readers of the old document sums it up.
  const summed: readonly (readonly [take: Take, word: RegExp, situation: string])[] = [
    ['a registry', /private charts/, 'need fine rights'],
    ['a registry', /companies/, 'serve several teams or customers'],
    ['a registry', /pipelines that push\s+images/, 'want one login for charts and images'],
    ['a registry', /clouds/, 'build in a cloud: AWS, Azure, Google'],
    ['a classic repository', /plain HTTP hosting/, 'want plain HTTP hosting, such as GitHub Pages'],
    ['a classic repository', /should be listed/, 'have many charts to list together'],
    ['both', /for everybody/, 'publish for everybody'],
    ['both', /an old helm/, 'have users with an old helm'],
    ['the folder itself', /change the chart/, 'change the chart, or try it'],
    ['the folder itself', /without a network/, 'have no network'],
  ]

  it.each(summed)('S54 agrees with the page on the old document: %s for %s', (take, word, situation) => {
    const text = sectionOf('docs/from-the-hypersdk-document.md', 'Three ways to install')
    const [, summary = ''] = /\(choosing\.md\):([^]*?)\.\n/.exec(text) ?? []
    const part = summary.split(';').find((one) => one.trim().startsWith(take))
    expect(part).toMatch(word)
    expect(situations.find(([you]) => you === situation)?.[1]).toBe(take)
  })
})

/** An image lies beside the chart; nothing runs but the registry. */
async function chartsBesideImages(offer: Offer): Promise<void> {
  const { registry, peerAs } = offer
  const image = ['append', '--insecure', '-f', await layerIn(offer), '-t', `${registry.host}/charts/image:1`]
  await good(peerAs(undefined, 'crane-0.21.9', ...image))
  await good(offer.fromRegistry('helm-4.2.4', 'beside'))
  const names = await good(peerAs(undefined, 'crane-0.21.9', 'catalog', '--insecure', registry.host))
  expect(names.split('\n')).toEqual(expect.arrayContaining(['charts/app', 'charts/image']))
}

/** The only layer of an image. */
async function layerIn({ home, path }: Offer): Promise<string> {
  await writeFile(path('text'), 'an image\n')
  await good(run('tar', ['-cf', path('layer'), '-C', home.folder, 'text']))
  return path('layer')
}

async function rightsByPath(offer: Offer): Promise<void> {
  const to = `oci://${offer.guarded.host}/a`
  await writeChart(offer.path('ruled'), { name: 'ruled', version: '1.0.0' })
  await good(offer.oursAs('team-a', 'publish', 'ruled', '--to', to))
  await good(offer.oursAs('reader', 'pull', `${to}/ruled`, '-d', 'read'))
  await writeChart(offer.path('ruled'), { name: 'ruled', version: '1.1.0' })
  await refused(offer.oursAs('reader', 'publish', 'ruled', '--to', to), /FORBIDDEN/)
}

/** One file with one login, for crane, our program and helm. */
async function oneLogin(offer: Offer): Promise<void> {
  const { guarded, oursAs, peerAs } = offer
  const image = ['append', '--insecure', '-f', await layerIn(offer), '-t', `${guarded.host}/a/image:1`]
  await good(peerAs('team-a', 'crane-0.21.9', ...image))
  await good(oursAs('team-a', 'publish', 'other', '--to', `oci://${guarded.host}/a`))
  const show = ['show', 'chart', `oci://${guarded.host}/a/other`, '--plain-http']
  await good(peerAs('team-a', 'helm-4.2.4', ...show))
  await refused(peerAs(undefined, 'helm-4.2.4', ...show), /401|unauthorized|basic credential/i)
}

async function cloudAccounts(): Promise<void> {
  const { ecr, acr, gar } = stage.vendors
  for (const vendor of [ecr, acr, gar]) {
    const person = await stage.person(`builder-${vendor.host}`)
    vendor.prepare(`${vendor.namespace}/app`)
    const to = `oci://${vendor.host}/${vendor.namespace}`
    await good(person.ours(['publish', stage.archive, '--to', to], { env: vendor.accountEnv }))
    expect(vendor.ledger.tags(`${vendor.namespace}/app`)).toEqual(['0.1.0'])
    await expect(readFile(join(person.home, '.docker', 'config.json'))).rejects.toThrow('ENOENT')
  }
}

async function teamsApart(offer: Offer): Promise<void> {
  const { guarded, oursAs } = offer
  await good(oursAs('team-b', 'publish', 'third', '--to', `oci://${guarded.host}/b`))
  await refused(oursAs('team-a', 'pull', `oci://${guarded.host}/b/third`), /NOT_FOUND/)
  expect(await good(oursAs('team-a', 'charts', `oci://${guarded.host}`))).not.toContain('third')
}

/** No login for either; but at GitHub a new package is private, until its owner makes it public. */
async function forEverybody(offer: Offer): Promise<void> {
  await good(offer.fromRegistry('helm-4.2.4', 'public-oci'))
  await good(offer.fromSite('helm-4.2.4', 'public-site'))
  const [one, other] = ['public-oci', 'public-site'].map((folder) => `${folder}/app-1.0.0.tgz`)
  expect(await offer.digestOf(one ?? '')).toBe(await offer.digestOf(other ?? ''))
  const { ghcr } = stage.vendors
  const { username, password } = ghcr.writer
  const env = { CHARTROOM_USERNAME: username, CHARTROOM_PASSWORD: password }
  const to = `oci://${ghcr.host}/${ghcr.namespace}`
  await good((await stage.person('owner')).ours(['publish', stage.archive, '--to', to], { env }))
  const somebody = await stage.person('somebody')
  const pull = ['pull', `${to}/app`, '--version', '0.1.0']
  await refused(somebody.helm(pull), /40[13]|denied|unauthorized/i)
  ghcr.setVisibility(`${ghcr.namespace}/app`, 'public')
  await good(somebody.helm(pull))
}

async function oldHelm(offer: Offer): Promise<void> {
  await good(offer.fromSite('helm-3.0.3', 'old'))
  expect(await offer.digestOf('old/app-1.0.0.tgz')).toBe(await offer.digestOf('site/app-1.0.0.tgz'))
  await refused(offer.fromRegistry('helm-3.0.3', 'old'), /oci/)
  await good(offer.fromRegistry('helm-3.8.2', 'newer'))
  await good(offer.fromSite('helm-3.8.2', 'newer'))
}

async function plainFiles(offer: Offer): Promise<void> {
  await good(offer.peerAs(undefined, 'helm-4.2.4', 'repo', 'add', 'pages', offer.site.url))
  await good(offer.peerAs(undefined, 'helm-4.2.4', 'show', 'chart', 'pages/app'))
  expect(offer.site.asked()).toEqual(expect.arrayContaining(['/index.yaml', '/app-1.0.0.tgz']))
}

async function listed(offer: Offer): Promise<void> {
  await good(offer.peerAs(undefined, 'helm-4.2.4', 'repo', 'add', 'many', offer.site.url))
  const list = await good(offer.peerAs(undefined, 'helm-4.2.4', 'search', 'repo', 'many/'))
  for (const name of ['app', 'other', 'third']) expect(list).toContain(`many/${name}`)
  const { ghcr } = stage.vendors
  const { username, password } = ghcr.writer
  const env = { CHARTROOM_USERNAME: username, CHARTROOM_PASSWORD: password }
  const charts = ['charts', `oci://${ghcr.host}/${ghcr.namespace}`]
  await refused((await stage.person('lister')).ours(charts, { env }), /\([A-Z_]+\)/)
}

async function edited(offer: Offer): Promise<void> {
  await cp(offer.path('app'), offer.path('edited'), { recursive: true })
  await writeFile(offer.path('edited/values.yaml'), 'note: edited\n')
  const rendered = await good(offer.peerAs(undefined, 'helm-4.2.4', 'template', 'app', './edited'))
  expect(rendered).toContain('note: "edited"')
}

/** With a proxy where nothing listens: whatever asked the network would fail. */
async function offline(offer: Offer): Promise<void> {
  const nowhere = 'http://127.0.0.1:9'
  const env = { ...offer.home.env, HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere }
  for (const chart of ['./app', './site/app-1.0.0.tgz'])
    await good(run(needPeer('helm-4.2.4'), ['template', 'app', chart], { cwd: offer.home.folder, env }))
}

import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../kube/cluster.ts'
import { clusterPeers, startCluster } from '../kube/cluster.ts'
import { peer } from '../peers/peers.ts'
import { done } from '../vendors/scene.ts'
import { said } from '../vendors/stage.ts'
import { run, workspace } from '../workspace.ts'
import type { Form, Section } from './form.ts'
import { names, page, sectionsOf } from './form.ts'
import type { Reader } from './reader.ts'
import { createReader, freshClone, installs, releaseManifest, typed } from './reader.ts'
import type { World } from './world.ts'
import { openWorld, places } from './world.ts'

const sections = sectionsOf()
const definitions = [
  'crds-argo-cd-3.4.0',
  'crds-helm-controller-1.6.0',
  'crds-source-controller-1.9.1',
] as const
const hasCluster = [...clusterPeers, ...definitions].every((name) => peer(name) !== undefined)

/** What the rendered chart must have, beside its Deployment, where a section is about that. */
const about: Readonly<Record<string, RegExp>> = {
  B1: /my-hypersdk/,
  B14: /imagePullSecrets:\s+- name: ghcr-secret$/m,
  B15: /kind: ServiceAccount[^]*?eks\.amazonaws\.com\/role-arn: "?arn:aws:iam::123456789012:role\/hypersdk/,
  B16: /azure\.workload\.identity\/client-id: "?0000[^]*azure\.workload\.identity\/use: "true"/,
  B17: /kind: ServiceAccount[^]*?iam\.gke\.io\/gcp-service-account: "?hypersdk@myproject/,
}

/** Why lines of the document fail. */
const refusals: Readonly<Record<string, RegExp>> = {
  B1: /credentials\.vsphere\.enabled is true, but .* are empty/,
  B11: /repo hypersdk not found/,
  B13: /no matches for kind "HelmRepository" in version "source\.toolkit\.fluxcd\.io\/v1beta2"/,
  B23: /40[13]|denied/,
}

let world: World

beforeAll(async () => {
  const cluster = async (): Promise<Cluster | undefined> =>
    hasCluster ? startCluster(definitions) : undefined
  world = await openWorld(cluster)
})

afterAll(async () => {
  await world?.cluster?.close()
  await world?.stage.close()
})

describe('docs/from-the-hypersdk-document.md', () => {
  it('has the 29 blocks of the document in order, and JFrog, which has none there', () => {
    const ids = sections.map(({ id }) => id).filter((id) => id !== 'JFrog Artifactory')
    expect(ids).toEqual(Array.from({ length: 29 }, (_, at) => `B${at + 1}`))
  })

  it('has no block outside of them', () => {
    const fences = readFileSync(join(workspace, page), 'utf8').match(/^```\w+$/gm)
    expect(sections.flatMap(({ forms }) => forms)).toHaveLength(fences?.length ?? 0)
  })

  it('has each of them for Chartroom, Helm 3 and Helm 4, or says why not', () => {
    const missing = sections.flatMap(({ id, text, forms }) =>
      names
        .filter((name) => name !== 'Document' && !forms.some((form) => form.names.includes(name)))
        .filter((name) => !text.includes(`No form for ${name.split(' ', 1)[0]}: `))
        .map((name) => `${id}: ${name}`),
    )
    expect(missing).toEqual([])
  })
})

describe.each(names)('the lines of %s', (name) => {
  let known: Reader | undefined

  // What the document shares with both helms is typed by those; its own lines need the login of B3.
  const alone = ({ id, forms }: Section): boolean =>
    id === 'B3' || forms.some((form) => form.names.length === 1 && form.names.includes('Document'))
  const own = sections.filter((section) =>
    name === 'Document' ? alone(section) : section.forms.some((form) => form.names.includes(name)),
  )
  it.each(own.map(({ title, ...section }) => [title, section] as const))('%s', async (_, { id, forms }) => {
    // Made by the first test, which is skipped where its helm is not installed.
    const reader = (known ??= await createReader(world, name))
    const folder = await freshClone(world, reader, id)
    if (id === 'B18') await done(run('bash', ['-c', packed], { cwd: folder, env: reader.env }))
    const skipped: string[] = []
    for (const form of forms.filter((one) => one.file !== undefined || one.names.includes(name))) {
      if (form.language === 'yaml' && form.file === undefined) await checkAnnotations(reader, form, folder)
      else if (form.needsCluster && world.cluster === undefined) skipped.push(form.text)
      else await check(reader, form, folder)
    }
    if (skipped.length > 0) console.warn(`not run, as no cluster is installed here:\n${skipped.join('\n')}`)
  })

  const packed = 'chartroom package deployments/helm/hypersdk -d .'

  async function check(reader: Reader, form: Form, folder: string): Promise<void> {
    const publishes = /\b(push|publish|publish-oci\.sh)\b/.test(form.text)
    const [vendor, path = ''] = publishes ? (places[form.section]?.(world.stage) ?? []) : []
    if (form.section !== 'B11') await vendor?.remove(path, '0.2.0')
    if (form.section === 'B7' && name !== 'Chartroom') world.stage.vendors.ecr.prepare(path)
    const ended = await typed(world, reader, form, folder)
    if (form.fails) {
      expect(ended.code, said(ended)).not.toBe(0)
      expect(said(ended)).toMatch(refusals[form.section] ?? /^$/)
      return
    }
    expect(ended.code, `${form.text}\n${said(ended)}`).toBe(0)
    if (vendor !== undefined) expect(vendor.ledger.tags(path)).toContain('0.2.0')
    await checkOutcome(reader, form, said(ended))
  }

  /** What a block leaves in the cluster, or prints: the chart, rendered, and what its section is about. */
  async function checkOutcome(reader: Reader, form: Form, printed: string): Promise<void> {
    if (!installs(form) && !/chartroom template[^>]*$/.test(form.text)) return
    const kept = await releaseManifest(world, reader, form)
    expect(printed + kept).toMatch(/^kind: Deployment$/m)
    expect(printed + kept).toMatch(about[form.section] ?? /^/)
  }

  /** A piece of Chart.yaml: a chart that has it is linted and packed. */
  async function checkAnnotations(reader: Reader, form: Form, folder: string): Promise<void> {
    await done(run('chartroom', ['--version'], { cwd: folder, env: reader.env }))
    const chart = join(folder, 'annotated')
    await done(run('helm', ['create', chart], { cwd: folder, env: reader.env }))
    const yaml = `apiVersion: v2\nname: annotated\nversion: 0.1.0\n${form.text}`
    await writeFile(join(chart, 'Chart.yaml'), yaml)
    const program = name === 'Chartroom' ? 'chartroom' : 'helm'
    await done(run(program, ['lint', chart], { cwd: folder, env: reader.env }))
    await done(run(program, ['package', chart], { cwd: folder, env: reader.env }))
  }
})

it('no credential went to another origin, and no host was asked that is not known', () => {
  const { vendors } = world.stage
  expect([vendors.leaks(), vendors.network.unknownHosts]).toEqual([[], []])
})

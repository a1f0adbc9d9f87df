import { readArchive, sameContent, versionToTag } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { ChartroomError, hasCode } from '@chartroom/errors'
import type { Descriptor, Target } from '@chartroom/oci'
import { contentOf, parseReference, readAll } from '@chartroom/oci'
import type { Artifact, Blob } from '../../artifact/artifact.ts'
import { artifactOf } from '../../artifact/artifact.ts'
import { readChartManifest } from '../../artifact/read.ts'
import { concurrency, limits } from '../../limits.ts'
import type { Packed } from '../../package/packed.ts'
import { pool } from '../../pool.ts'
import type { Action, DestinationKind } from '../../result.ts'
import type { Destination, PlannedChart } from '../destination.ts'
import type { Placements } from './placements.ts'

export interface OciDestinationOptions {
  /** As the user wrote it. */
  readonly to: string
  readonly kind: Extract<DestinationKind, 'oci' | 'store'>
  /** `HOST/PATH` or, for a store, the namespace: what stands before the chart's name in a reference. */
  readonly prefix: string
  /** Opens the repository of one chart. */
  readonly repository: (name: string) => Target
  /** Where other destinations and earlier runs have placed blobs in the same registry. */
  readonly placements?: Placements | undefined
  /** Annotations for manifests of charts that do not say the same themselves. */
  readonly annotations?: (() => Promise<Readonly<Record<string, string>>>) | undefined
  /** Further tags that move with the version's. */
  readonly tags: readonly string[]
  readonly force: boolean
}

/** Charts as OCI content, in a registry or in the local store. */
export function ociDestination(options: OciDestinationOptions): Destination {
  const artifacts = new Map<Packed, Artifact>()
  async function artifact(packed: Packed): Promise<Artifact> {
    const known = artifacts.get(packed) ?? artifactOf(packed, await options.annotations?.())
    artifacts.set(packed, known)
    return known
  }

  return {
    to: options.to,
    kind: options.kind,
    reference: (packed) => referenceOf(packed, options),

    plan: (charts) =>
      pool(charts, concurrency, async (packed) => planChart(packed, await artifact(packed), options)),

    async stage({ packed, action }) {
      if (!sends(action)) return
      const { manifest, config, layers } = await artifact(packed)
      const { name } = packed.chart.metadata
      const pushing = { name, isNew: action === 'create' }
      await Promise.all([config, ...layers].map((blob) => pushBlob(blob, pushing, options)))
      // By digest, so that a registry that refuses the manifest says so before any tag moves anywhere.
      await options.repository(name).push(manifest.descriptor, contentOf(manifest.bytes))
    },

    async commit(planned) {
      await pool(planned, concurrency, async (one) => commitChart(one, await artifact(one.packed), options))
      await options.placements?.save()
    },

    async verify({ packed, action }) {
      if (!sends(action)) return
      const target = options.repository(packed.chart.metadata.name)
      const found = await target.resolve(versionToTag(packed.chart.metadata.version))
      const sent = (await artifact(packed)).manifest.descriptor
      if (found.digest !== sent.digest)
        throw readBackMismatch(`${options.prefix}/${packed.chart.metadata.name}`, found, sent)
    },
  }
}

/** Whether something is sent at all. */
export function sends(action: Action): boolean {
  return action === 'create' || action === 'replace'
}

function referenceOf({ chart }: Packed, { kind, prefix }: OciDestinationOptions): string {
  const { name, version } = chart.metadata
  return `${kind === 'oci' ? 'oci://' : ''}${prefix}/${name}:${versionToTag(version)}`
}

async function planChart(
  packed: Packed,
  artifact: Artifact,
  options: OciDestinationOptions,
): Promise<PlannedChart> {
  const { name, version } = packed.chart.metadata
  const tag = versionToTag(version)
  const reference = referenceOf(packed, options)
  const ours = artifact.manifest.descriptor
  const there = await resolveIfPresent(options.repository(name), tag)
  if (there === undefined) return { packed, reference, action: 'create', manifestDigest: ours.digest }
  if (there.digest === ours.digest || (await sameChart(options.repository(name), there, packed))) {
    return { packed, reference, action: 'unchanged', manifestDigest: there.digest }
  }
  if (options.force) return { packed, reference, action: 'replace', manifestDigest: ours.digest }
  return { packed, reference, action: 'conflict', manifestDigest: there.digest }
}

async function resolveIfPresent(target: Target, tag: string): Promise<Descriptor | undefined> {
  try {
    return await target.resolve(tag)
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND', 'VERSION_NOT_FOUND', 'REPOSITORY_NOT_FOUND')) return undefined
    throw error
  }
}

// Another archive of the same entries is the same chart: time stamps, compression and annotations of the
// manifest say nothing about what is installed.
async function sameChart(target: Target, there: Descriptor, packed: Packed): Promise<boolean> {
  const manifest = await readManifestUnlessForeign(target, there)
  if (manifest === undefined) return false
  if (!(await sameProvenance(target, manifest.provenance, packed))) return false
  if (manifest.content.digest === packed.digest) return true
  const archive = await readAll(await target.fetch(manifest.content), limits.archiveBytes)
  return sameContent(readArchive(archive, nodePorts), readArchive(packed.archive, nodePorts))
}

async function readManifestUnlessForeign(
  target: Target,
  there: Descriptor,
): Promise<Awaited<ReturnType<typeof readChartManifest>> | undefined> {
  try {
    return await readChartManifest(target, there.digest)
  } catch (error) {
    if (hasCode(error, 'MANIFEST_INVALID')) return undefined
    throw error
  }
}

async function sameProvenance(
  target: Target,
  there: Descriptor | undefined,
  packed: Packed,
): Promise<boolean> {
  if (there === undefined || packed.provenance === undefined) return there === packed.provenance
  const bytes = await readAll(await target.fetch(there), limits.provenanceBytes)
  return Buffer.compare(bytes, packed.provenance) === 0
}

async function pushBlob(
  { descriptor, bytes }: Blob,
  { name, isNew }: { readonly name: string; readonly isNew: boolean },
  options: OciDestinationOptions,
): Promise<void> {
  const target = options.repository(name)
  // What a new version brings is new too, unless a run before broke off: a small blob is sent sooner than asked for.
  const unasked = isNew && descriptor.size <= limits.unaskedBytes
  const send = async (mountFrom: string | undefined): Promise<void> => {
    if (!unasked && (await target.exists(descriptor))) return
    try {
      await target.push(descriptor, contentOf(bytes), mountFrom === undefined ? {} : { mountFrom })
    } catch (error) {
      // A registry may refuse to be sent what it has.
      if (!unasked || !hasCode(error, 'CONFLICT', 'SERVER_ERROR') || !(await target.exists(descriptor)))
        throw error
    }
  }
  if (options.placements === undefined) return send(undefined)
  const { registry: host, repository } = parseReference(`${options.prefix}/${name}`)
  await options.placements.place({ host, repository, digest: descriptor.digest }, send)
}

async function commitChart(
  planned: PlannedChart,
  artifact: Artifact,
  options: OciDestinationOptions,
): Promise<void> {
  const { name, version } = planned.packed.chart.metadata
  const target = options.repository(name)
  const { descriptor, bytes } = artifact.manifest
  if (sends(planned.action)) await target.tag(descriptor, versionToTag(version), contentOf(bytes))
  if (options.tags.length === 0) return
  const current = sends(planned.action) ? descriptor : await target.resolve(versionToTag(version))
  for (const tag of options.tags) await moveTag(target, current, tag)
}

async function moveTag(target: Target, descriptor: Descriptor, tag: string): Promise<void> {
  const there = await resolveIfPresent(target, tag)
  if (there?.digest !== descriptor.digest) await target.tag(descriptor, tag)
}

function readBackMismatch(repository: string, found: Descriptor, sent: Descriptor): ChartroomError {
  return new ChartroomError(
    'DIGEST_MISMATCH',
    `${repository} answers ${found.digest}, but ${sent.digest} was sent`,
    {
      op: 'verify',
      hint: 'Somebody else may have published the same version at this moment: run publish again.',
    },
  )
}

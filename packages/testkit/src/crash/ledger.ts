import { isDigest } from '@chartroom/oci'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createRegistry } from '@chartroom/registry'
import type { Store } from '@chartroom/store'
import { openStore } from '@chartroom/store'
import { sha256 } from '../registry-client.ts'
import { temporaryFiles } from './temp-files.ts'

/** What a server acknowledged, to be found again after it was killed. */
export interface Ledger {
  /** `REPOSITORY DIGEST` of blobs and of manifests. */
  readonly blobs: Set<string>
  readonly manifests: Set<string>
  /** `REPOSITORY TAG` to the digest; a tag on its way to another one may be at either. */
  readonly tags: Map<string, string[]>
  /** `REPOSITORY SUBJECT DIGEST`. */
  readonly referrers: Set<string>
  /** `REPOSITORY TAG` of tags whose removal was acknowledged. */
  readonly removed: Set<string>
  /** `NAMESPACE FILE DIGEST` of charts in the index of a namespace. */
  readonly charts: Set<string>
}

export function emptyLedger(): Ledger {
  return {
    blobs: new Set(),
    manifests: new Set(),
    tags: new Map(),
    referrers: new Set(),
    removed: new Set(),
    charts: new Set(),
  }
}

/** Opens the store anew and reads everything back by digest; a line for each thing that is lost, wrong or left over. */
export async function defectsOf(dir: string, ledger: Ledger): Promise<string[]> {
  const store = await openStore(dir)
  const defects = [
    ...(await lostFrom(store, ledger)),
    ...(await lostCharts(store, ledger)),
    ...(await halfWritten(store)),
    ...temporaryFiles(dir),
  ]
  await store.close()
  return [...defects, ...readdirSync(join(dir, 'uploads')).map((name) => `uploads/${name} was left`)]
}

async function lostFrom(store: Store, ledger: Ledger): Promise<string[]> {
  const lost: string[] = []
  for (const line of ledger.blobs) {
    const [name = '', digest = ''] = line.split(' ')
    if (!isDigest(digest) || (await attempt(store.repository(name).readBlob(digest))) === undefined) {
      lost.push(`blob ${line}`)
    }
  }
  for (const line of ledger.manifests) {
    const [name = '', digest = ''] = line.split(' ')
    if ((await readManifest(store, name, digest)) === undefined) lost.push(`manifest ${line}`)
  }
  for (const [line, digests] of ledger.tags) {
    const [name = '', tag = ''] = line.split(' ')
    const found = store.repository(name).findManifest(tag)
    if (found === undefined || !digests.includes(found.digest))
      lost.push(`tag ${line}: ${found?.digest ?? 'none'}`)
  }
  for (const line of ledger.referrers) {
    if (!(await isReferrer(store, line))) lost.push(`referrer ${line}`)
  }
  for (const line of ledger.removed) {
    const [name = '', tag = ''] = line.split(' ')
    if (store.repository(name).findManifest(tag) !== undefined) lost.push(`removed tag ${line} is there`)
  }
  return lost
}

async function lostCharts(store: Store, ledger: Ledger): Promise<string[]> {
  const { app } = createRegistry({ store })
  const lost: string[] = []
  for (const line of ledger.charts) {
    const [namespace = '', file = '', digest = ''] = line.split(' ')
    const index = await (await app.request(`/helm/${namespace}/index.yaml`)).text()
    const archive = await app.request(`/helm/${namespace}/${file}`)
    const found = sha256(Buffer.from(await archive.arrayBuffer()))
    if (!index.includes(`- ${file}\n`) || found !== digest) lost.push(`chart ${line}: ${found}`)
  }
  return lost
}

// Whatever can be seen must be whole, acknowledged or not.
async function halfWritten(store: Store): Promise<string[]> {
  const broken: string[] = []
  for await (const name of store.repositories()) {
    for (const tag of store.repository(name).tagList()) {
      if ((await readManifest(store, name, tag)) === undefined)
        broken.push(`tag ${name} ${tag} points nowhere`)
    }
  }
  return broken
}

async function readManifest(store: Store, name: string, reference: string): Promise<Uint8Array | undefined> {
  const found = store.repository(name).findManifest(reference)
  return found === undefined ? undefined : attempt(store.repository(name).readManifest(found.digest))
}

async function isReferrer(store: Store, line: string): Promise<boolean> {
  const [name = '', subject = '', digest = ''] = line.split(' ')
  if (!isDigest(subject)) return false
  for await (const referrer of store.repository(name).listReferrers(subject)) {
    if (referrer.digest === digest) return true
  }
  return false
}

async function attempt<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

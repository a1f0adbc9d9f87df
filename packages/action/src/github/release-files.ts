import { ChartroomError, hasCode } from '@chartroom/errors'
import { limits } from '../limits.ts'
import { sha256 } from '../sha256.ts'
import type { Asset, Release, Releases } from './releases.ts'

/** A file that a release is to have. */
export interface ReleaseFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** `sha256:` and hex. */
  readonly digest: string
}

export interface FileResult {
  readonly name: string
  readonly action: 'unchanged' | 'uploaded'
  readonly digest: string
}

/**
 * Uploads what a release has not. Nothing is uploaded where a file of the same name is another: throws `CONFLICT` that
 * names all of them. Half uploads are removed and made anew.
 */
export async function completeFiles(
  releases: Releases,
  release: Release,
  files: readonly ReleaseFile[],
): Promise<FileResult[]> {
  const there = await releases.assets(release.id)
  const same = await Promise.all(files.map((file) => compare(releases, assetOf(there, file), file)))
  const conflicts = files.filter((_, index) => same[index] === false)
  if (conflicts.length > 0) throw conflict(release, conflicts)
  const missing = files.filter((_, index) => same[index] === undefined)
  if (release.immutable && missing.length > 0) throw closed(release, missing)
  const results: FileResult[] = []
  for (const file of files) {
    const uploaded =
      missing.includes(file) && (await upload({ releases, release, file }, assetOf(there, file)))
    results.push({ name: file.name, action: uploaded ? 'uploaded' : 'unchanged', digest: file.digest })
  }
  return results
}

interface Upload {
  readonly releases: Releases
  readonly release: Release
  readonly file: ReleaseFile
}

/** Whether it was this run that uploaded it. `half` is what an earlier run left. */
async function upload({ releases, release, file }: Upload, half: Asset | undefined): Promise<boolean> {
  let inTheWay = half
  let mayBeOurs = false
  for (let attempt = 1; ; attempt++) {
    if (inTheWay !== undefined) await releases.removeAsset(inTheWay.id)
    try {
      const made = await releases.upload(release, file.name, file.bytes)
      if (made !== 'exists' && (await compare(releases, made, file)) === true) return true
    } catch (error) {
      if (attempt >= limits.attempts || !hasCode(error, 'NETWORK', 'TIMEOUT', 'SERVER_ERROR')) throw error
      mayBeOurs = true
    }
    if (attempt >= limits.attempts) throw unfinished(release, file)
    await releases.api.pause(attempt)
    inTheWay = assetOf(await releases.assets(release.id), file)
    const same = await compare(releases, inTheWay, file)
    if (same === true) return mayBeOurs
    if (same === false) throw conflict(release, [file])
  }
}

/** GitHub puts a period for what it does not like in names, and keeps no trace of it but that. */
function assetOf(assets: readonly Asset[], { name }: ReleaseFile): Asset | undefined {
  const plain = name.replace(/[^\w.-]/g, '.')
  return assets.find((one) => one.name === name) ?? assets.find((one) => one.name === plain)
}

/** Undefined for what is not there, or not whole. */
async function compare(
  releases: Releases,
  asset: Asset | undefined,
  { bytes, digest }: ReleaseFile,
): Promise<boolean | undefined> {
  if (asset === undefined || asset.state !== 'uploaded') return undefined
  if (asset.size !== bytes.length) return false
  if (typeof asset.digest === 'string' && asset.digest.startsWith('sha256:')) return asset.digest === digest
  return sha256(await releases.download(asset.id)) === digest
}

function conflict({ tag_name: tag, html_url: page }: Release, files: readonly ReleaseFile[]): ChartroomError {
  const names = files.map(({ name }) => name).join(', ')
  return new ChartroomError('CONFLICT', `the release ${tag} has ${names} with other content`, {
    op: 'release',
    hint: `Somebody may have downloaded it: raise the version, or remove the file at ${page}. Nothing was uploaded to the release.`,
  })
}

function unfinished({ tag_name: tag }: Release, { name }: ReleaseFile): ChartroomError {
  return new ChartroomError('CONFLICT', `other runs change ${name} of the release ${tag} at the same time`, {
    op: 'release',
    hint: 'Run the job again: it completes what is missing. A concurrency group keeps runs apart.',
  })
}

function closed({ tag_name: tag }: Release, files: readonly ReleaseFile[]): ChartroomError {
  const names = files.map(({ name }) => name).join(', ')
  return new ChartroomError('CONFLICT', `the release ${tag} is immutable, and has no ${names}`, {
    op: 'release',
    hint: 'Raise the version. An immutable release takes files only while it is a draft, and this run would have made it as one.',
  })
}

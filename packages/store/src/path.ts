import { join } from 'node:path'
import type { Digest } from '@chartroom/oci'

/** Where things are below the store's folder. Repository folders never clash with ours: names cannot begin with `_`. */
export interface StorePaths {
  readonly root: string
  readonly format: string
  readonly uploads: string
  readonly repositories: string
  blob(digest: Digest): string
}

export interface RepositoryPaths {
  readonly folder: string
  readonly blobs: string
  readonly manifests: string
  readonly tags: string
  blob(digest: Digest): string
  manifest(digest: Digest): string
  tag(tag: string): string
  referrers(subject: Digest): string
  referrer(subject: Digest, digest: Digest): string
}

export function storePaths(root: string): StorePaths {
  const blobs = join(root, 'blobs')
  return {
    root,
    format: join(root, 'format.json'),
    uploads: join(root, 'uploads'),
    repositories: join(root, 'repositories'),
    blob: (digest) => {
      const { algorithm, hex } = partsOf(digest)
      return join(blobs, algorithm, hex.slice(0, 2), hex)
    },
  }
}

export function repositoryPaths(store: StorePaths, name: string): RepositoryPaths {
  const folder = join(store.repositories, ...name.split('/'))
  const blobs = join(folder, '_blobs')
  const manifests = join(folder, '_manifests')
  const tags = join(folder, '_tags')
  const referrers = join(folder, '_referrers')
  return {
    folder,
    blobs,
    manifests,
    tags,
    blob: (digest) => join(blobs, fileNameOf(digest)),
    manifest: (digest) => join(manifests, fileNameOf(digest)),
    tag: (tag) => join(tags, tagToFile(tag)),
    referrers: (subject) => join(referrers, fileNameOf(subject)),
    referrer: (subject, digest) => join(referrers, fileNameOf(subject), fileNameOf(digest)),
  }
}

/** The file that counts the changes of a namespace, a path of repositories; '' is the root. */
export function revisionPath(store: StorePaths, namespace: string): string {
  return join(store.repositories, ...namespace.split('/').filter((part) => part !== ''), '_revision')
}

// A tag is told from another by case too, which file systems of macOS and Windows do not: the positions of its
// capitals stand before it. The signs around it keep `con` and `v1.` usable on Windows.
export function tagToFile(tag: string): string {
  const lower = tag.toLowerCase()
  if (lower === tag) return `=${tag}=`
  let capitals = 0n
  for (let at = 0; at < tag.length; at += 1) {
    const code = tag.charCodeAt(at)
    if (code >= 65 && code <= 90) capitals |= 1n << BigInt(at)
  }
  return `${capitals.toString(16)}=${lower}=`
}

/** Undefined for a file that is no tag. */
export function fileToTag(file: string): string | undefined {
  const start = file.indexOf('=')
  if (start < 0 || !file.endsWith('=') || file.length < start + 3) return undefined
  const lower = file.slice(start + 1, -1)
  if (start === 0) return lower
  const mask = file.slice(0, start)
  if (!/^[0-9a-f]{1,32}$/.test(mask)) return undefined
  const capitals = BigInt(`0x${mask}`)
  return Array.from(lower, (c, at) => ((capitals >> BigInt(at)) & 1n ? c.toUpperCase() : c)).join('')
}

export function fileToDigest(file: string): string {
  return file.replace('-', ':')
}

function fileNameOf(digest: Digest): string {
  return digest.replace(':', '-')
}

function partsOf(digest: Digest): { algorithm: string; hex: string } {
  const at = digest.indexOf(':')
  return { algorithm: digest.slice(0, at), hex: digest.slice(at + 1) }
}

import { createHash } from 'node:crypto'
import type { StoredAsset, StoredRelease } from './release.ts'

/** How releases and assets are shown: their addresses, and whether assets have digests. */
export interface ViewOptions {
  readonly apiUrl: string
  readonly serverUrl: string
  readonly uploadsUrl: string
  readonly repository: string
  /** False for servers older than June 2025. */
  readonly showDigests: boolean
}

const time = '2026-11-25T12:00:00Z'

export function releaseView(release: StoredRelease, options: ViewOptions): object {
  const { apiUrl, serverUrl, uploadsUrl, repository } = options
  const url = `${apiUrl}/repos/${repository}/releases/${release.id}`
  // A draft has an address that no tag is in.
  const shown = release.draft ? `untagged-${release.id}` : release.tag
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${uploadsUrl}/repos/${repository}/releases/${release.id}/assets{?name,label}`,
    html_url: `${serverUrl}/${repository}/releases/tag/${shown}`,
    id: release.id,
    node_id: `RE_${release.id}`,
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    created_at: time,
    published_at: release.draft ? null : time,
    author: { login: 'github-actions[bot]', id: 41898282, type: 'Bot' },
    assets: release.assets.map((asset) => assetView(asset, release, options)),
  }
}

export function assetView(asset: StoredAsset, release: StoredRelease, options: ViewOptions): object {
  const { apiUrl, serverUrl, repository, showDigests } = options
  const digest = `sha256:${createHash('sha256').update(asset.bytes).digest('hex')}`
  return {
    url: `${apiUrl}/repos/${repository}/releases/assets/${asset.id}`,
    browser_download_url: `${serverUrl}/${repository}/releases/download/${release.tag}/${encodeURIComponent(asset.name)}`,
    id: asset.id,
    node_id: `RA_${asset.id}`,
    name: asset.name,
    label: asset.label ?? '',
    state: asset.state,
    content_type: asset.contentType,
    size: asset.bytes.length,
    ...(showDigests ? { digest: asset.state === 'uploaded' ? digest : null } : {}),
    download_count: 0,
    created_at: time,
    updated_at: time,
  }
}

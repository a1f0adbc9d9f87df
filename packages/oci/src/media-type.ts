export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  ociArtifact: 'application/vnd.oci.artifact.manifest.v1+json',
  empty: 'application/vnd.oci.empty.v1+json',
  octets: 'application/octet-stream',
} as const

/** Media types of content that is addressed by `/manifests/`, not `/blobs/`. */
export const manifestMediaTypes: readonly string[] = [
  mediaTypes.dockerManifest,
  mediaTypes.dockerList,
  mediaTypes.ociManifest,
  mediaTypes.ociIndex,
  mediaTypes.ociArtifact,
]

export function isManifestType(mediaType: string): boolean {
  return manifestMediaTypes.includes(mediaType)
}

/** Layers that are never sent on, because only their maker may hand them out (OCI image-spec, layer.md). */
export function isNondistributable(mediaType: string): boolean {
  return (
    mediaType.startsWith('application/vnd.oci.image.layer.nondistributable.') ||
    mediaType.startsWith('application/vnd.docker.image.rootfs.foreign.')
  )
}

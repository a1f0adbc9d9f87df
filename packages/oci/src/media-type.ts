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

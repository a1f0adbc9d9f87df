export type { Credential, CredentialSource, Origin } from './credential.ts'
export { contentOf, fileContent } from './content.ts'
export type { CopiedTag } from './copy/all-tags.ts'
export { copyAllTags } from './copy/all-tags.ts'
export type { Place } from './copy/copy.ts'
export { copy } from './copy/copy.ts'
export type { CopyOptions } from './copy/graph.ts'
export type { Descriptor, Digest } from './descriptor.ts'
export type { DigestAlgorithm } from './digest.ts'
export { digestOf, isDigest } from './digest.ts'
export { fetchManifest } from './fetch-manifest.ts'
export type { Grant } from './auth/grant.ts'
export type { Challenge } from './auth/challenge.ts'
export { basicHeader } from './auth/basic.ts'
export { parseChallenges } from './auth/challenge.ts'
export { openLayout } from './layout/repository.ts'
export type { ImageIndex, ImageManifest, Manifest, ManifestParts } from './manifest.ts'
export { emptyConfig, emptyConfigBytes, indexOf, manifestOf, parseManifest, successors } from './manifest.ts'
export { isManifestType, manifestMediaTypes, mediaTypes } from './media-type.ts'
export { memoryTarget } from './memory/repository.ts'
export type { Reference } from './reference.ts'
export { formatReference, isTag, parseReference, registryHost } from './reference.ts'
export { isReferrersTag, referrersTag } from './remote/referrer.ts'
export type { FailedAccess } from './remote/client.ts'
export type { RedirectOptions } from './remote/redirect.ts'
export { followRedirects } from './remote/redirect.ts'
export type { RegistryErrorDetail } from './remote/registry-answer.ts'
export { answerOf, RegistryAnswer } from './remote/registry-answer.ts'
export type { RegistryOptions, RemoteRegistry, RepositoryOptions } from './remote/registry.ts'
export { openRegistry } from './remote/registry.ts'
export { RemoteRepository } from './remote/repository.ts'
export { isLoopback, schemeOf } from './remote/scheme.ts'
export { readAll, readContent, verifyStream } from './stream.ts'
export type {
  ByteStream,
  Content,
  Deleter,
  FetchedManifest,
  FetchOptions,
  ManifestFetcher,
  PushOptions,
  ReadTarget,
  ReferrersFilter,
  Target,
} from './target.ts'
export { canDelete } from './target.ts'
export type { ShownCertificate, TlsInspection } from './transport/inspect-tls.ts'
export { inspectTls } from './transport/inspect-tls.ts'
export { proxyOf } from './transport/proxy.ts'
export type { RetryPolicy } from './transport/retry.ts'
export type { Request, Response, Transport, TransportOptions } from './transport/transport.ts'
export { createTransport, discard } from './transport/transport.ts'

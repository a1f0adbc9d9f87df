export type { Credential, CredentialSource, Origin } from './credential.ts'
export type { CopyOptions } from './copy.ts'
export { copy, copyAllTags } from './copy.ts'
export type { Descriptor, Digest } from './descriptor.ts'
export { digestOf } from './digest.ts'
export type { ImageIndex, ImageManifest, Manifest } from './manifest.ts'
export { parseManifest, successors } from './manifest.ts'
export { manifestMediaTypes, mediaTypes } from './media-type.ts'
export type { Reference } from './reference.ts'
export { formatReference, isDigest, parseReference } from './reference.ts'
export type { RegistryOptions, RemoteRegistry } from './remote/registry.ts'
export { openRegistry } from './remote/registry.ts'
export { RemoteRepository } from './remote/repository.ts'
export { isLoopback, schemeOf } from './remote/scheme.ts'
export { contentOf, fileContent, readAll, verifyStream } from './stream.ts'
export type {
  ByteStream,
  Content,
  Deleter,
  FetchOptions,
  PushOptions,
  ReadTarget,
  ReferrersFilter,
  Target,
} from './target.ts'
export { canDelete } from './target.ts'
export type { Request, Response, Transport, TransportOptions } from './transport/transport.ts'
export { createTransport } from './transport/transport.ts'

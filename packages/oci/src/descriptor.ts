/** `sha256:<64 hex>` or `sha512:<128 hex>` (OCI image-spec, descriptor.md, Digests). */
export type Digest = `${'sha256' | 'sha512'}:${string}`

/** OCI image-spec, descriptor.md. `size` in bytes. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
  readonly artifactType?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly urls?: readonly string[]
  readonly data?: string
  readonly platform?: Readonly<Record<string, unknown>>
}

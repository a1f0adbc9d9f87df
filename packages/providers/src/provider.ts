import type { ChartroomError } from '@chartroom/errors'
import type { Credential, Origin } from '@chartroom/oci'
import type { ProviderContext } from './context.ts'

export type ProviderId = 'ghcr' | 'docker-hub' | 'ecr' | 'acr' | 'gar' | 'harbor' | 'artifactory'

/** What a vendor's registries do differently, and how that is dealt with. A folder a vendor, a file a part. */
export interface Provider {
  readonly id: ProviderId
  /** As the vendor writes it. */
  readonly title: string
  readonly detection: Detection
  readonly login: LoginWays
  readonly preparation: Preparation
  readonly visibility: Visibility
  readonly retention: Retention
  readonly explanation: Explanation
}

/** How a registry of the vendor is recognised. */
export interface Detection {
  /** Its hosts as a reader would write them. */
  readonly hosts: string
  /** `env` where a variable may name the product's address. */
  matches(host: string, env?: Readonly<Record<string, string | undefined>>): boolean
  /** By its answer to `GET /v2/`, for a product that runs under any name. */
  answers?(answer: PingAnswer): boolean
  /** True for a registry that wants a user and password with every request, so that the first can carry them. */
  wantsBasic?(host: string): boolean
  /** What looks wrong about an address that is used all the same. */
  doubt?(host: string): string | undefined
}

/** What a registry answers to `GET /v2/` without a login. */
export interface PingAnswer {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Of the first bearer challenge. */
  readonly realm: string | undefined
  readonly service: string | undefined
}

export interface LoginWays {
  /** What is tried, in this order, in words for documents and doctor. */
  readonly sources: readonly string[]
  /** A login that the vendor's own environment variables hold. */
  fromEnvironment?(context: Pick<ProviderContext, 'env'>, origin: Origin): Credential | undefined
  /** A login that a program or an account of the cloud gives here; asked when nothing else was found. */
  derive?(context: ProviderContext, origin: Origin): Promise<DerivedLogin | undefined>
  /** True where passwords end by themselves: one that is kept and refused makes way for a derived one. */
  readonly passwordsEnd?: boolean | undefined
}

export interface DerivedLogin {
  readonly credential: Credential
  /** Milliseconds since the epoch; absent for one that does not end by itself. */
  readonly expiresAt?: number | undefined
}

/** A repository in a registry: the whole path, with the chart's name at its end. */
export interface RegistryPlace extends Origin {
  readonly repository: string
}

export interface Preparation {
  /** What paths look like there, a sentence. */
  readonly rule: string
  /** Undefined for a path that can be pushed to. */
  checkPath(place: RegistryPlace): PathProblem | undefined
  /** What has to exist before a push, in words: `the project team`. One look serves all places of one unit. */
  unit?(place: RegistryPlace): string
  /** Whether to look for it before every push; else only when it is to be made. */
  readonly looksFirst?: boolean | undefined
  /** Looks for what a push needs, and makes it when asked. Throws `REPOSITORY_NOT_FOUND`, `UNSUPPORTED`. */
  ensure?(context: ProviderContext, place: RegistryPlace, options: EnsureOptions): Promise<Ensured>
  /** Annotations that a manifest should carry there, beside the chart's own. */
  annotations?(context: ProviderContext): Readonly<Record<string, string>>
}

export interface PathProblem {
  readonly problem: string
  /** `HOST/PATH` as it would be taken. */
  readonly corrected?: string | undefined
}

export interface EnsureOptions {
  readonly create: boolean
  readonly immutableTags: boolean
  readonly scanOnPush: boolean
}

/** `unknown`: the vendor does not say to this login. */
export type Ensured = 'exists' | 'created' | 'unknown'

export interface Visibility {
  /** How a chart is made public there, a sentence. */
  readonly how: string
  /** Undefined where the vendor does not say. */
  read?(context: ProviderContext, place: RegistryPlace): Promise<'public' | 'private' | undefined>
  /** The page on which an owner changes it. */
  page?(place: RegistryPlace): string | undefined
}

export interface Retention {
  /** How to get nearest to `prune` with the vendor's own policies, and what they cannot say. Markdown. */
  readonly policy: string
  /** False where the registry itself never deletes, so that it need not be asked. */
  readonly registryDeletes?: boolean | undefined
  /** Where the registry's own delete does not serve: removes a tag and leaves its manifest to others. */
  deleteTag?(context: ProviderContext, place: RegistryPlace, tag: string): Promise<void>
  /** Likewise, a manifest with all its tags. */
  deleteManifest?(context: ProviderContext, place: RegistryPlace, digest: string): Promise<void>
}

export type Operation = 'delete' | 'list' | 'login' | 'pull' | 'push'

export interface Explanation {
  /** Better words for a registry's error, by status and code alone; undefined: the general ones do. */
  explain(error: ChartroomError, place: RegistryPlace, operation: Operation): Explained | undefined
}

export interface Explained {
  readonly message?: string | undefined
  readonly hint: string
}

import type { ValueMap } from '@chartroom/go'

/** An object of Kubernetes as data: plain objects, lists and scalars, and maps of values where a user gave them. */
export interface KubernetesObject extends Readonly<Record<string, unknown>> {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMetadata
}

export interface ObjectMetadata extends Readonly<Record<string, unknown>> {
  readonly name: string
  readonly namespace: string
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
}

/** Objects, and what a reader of them should know and cannot see in them, a sentence each. */
export interface Generated {
  readonly objects: readonly KubernetesObject[]
  readonly notes: readonly string[]
}

/** The values of a release as `mergeGivenValues` of `@chartroom/template` gives them. */
export type Values = ValueMap

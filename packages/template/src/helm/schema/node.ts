import type { Regexp, Value } from '@chartroom/go'
import type { Draft } from './draft.ts'

/** A schema ready to be checked against; a keyword that it has not is undefined. */
export interface SchemaNode {
  /** `file:///values.schema.json#/properties/a`. */
  readonly location: string
  readonly draft: Draft
  /** Of the resource that it belongs to, for dynamic references. */
  readonly resource: {
    readonly root: () => SchemaNode
    readonly dynamic: (anchor: string) => SchemaNode | undefined
  }
  readonly always: boolean | undefined
  readonly ref: SchemaNode | undefined
  readonly recursiveRef: SchemaNode | undefined
  readonly recursiveAnchor: boolean
  readonly dynamicRef: { readonly node: SchemaNode; readonly anchor: string } | undefined
  readonly dynamicAnchor: string | undefined
  readonly types: readonly string[] | undefined
  readonly constant: { readonly value: Value } | undefined
  readonly choices: readonly Value[] | undefined
  readonly format: string | undefined
  readonly object: ObjectKeywords
  readonly array: ArrayKeywords
  readonly string: StringKeywords
  readonly number: NumberKeywords
  readonly not: SchemaNode | undefined
  readonly allOf: readonly SchemaNode[]
  readonly anyOf: readonly SchemaNode[]
  readonly oneOf: readonly SchemaNode[]
  /** `if`, `then` and `else`. */
  readonly condition:
    | {
        readonly test: SchemaNode
        readonly passed: SchemaNode | undefined
        readonly failed: SchemaNode | undefined
      }
    | undefined
}

export interface ObjectKeywords {
  readonly minProperties: number | undefined
  readonly maxProperties: number | undefined
  readonly required: readonly string[]
  readonly properties: ReadonlyMap<string, SchemaNode>
  readonly patternProperties: readonly (readonly [Regexp, SchemaNode])[]
  readonly additionalProperties: boolean | SchemaNode | undefined
  readonly propertyNames: SchemaNode | undefined
  readonly dependencies: ReadonlyMap<string, readonly string[] | SchemaNode>
  readonly dependentRequired: ReadonlyMap<string, readonly string[]>
  readonly dependentSchemas: ReadonlyMap<string, SchemaNode>
  readonly unevaluatedProperties: SchemaNode | undefined
}

export interface ArrayKeywords {
  readonly minItems: number | undefined
  readonly maxItems: number | undefined
  readonly uniqueItems: boolean
  /** One after the other: a list of `items`, or `prefixItems`. */
  readonly first: readonly SchemaNode[]
  /** For all that come after those. */
  readonly rest: boolean | SchemaNode | undefined
  readonly contains: SchemaNode | undefined
  readonly minContains: number | undefined
  readonly maxContains: number | undefined
  readonly unevaluatedItems: SchemaNode | undefined
}

export interface StringKeywords {
  readonly minLength: number | undefined
  readonly maxLength: number | undefined
  readonly pattern: { readonly regexp: Regexp; readonly text: string } | undefined
}

export interface NumberKeywords {
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly exclusiveMinimum: number | undefined
  readonly exclusiveMaximum: number | undefined
  readonly multipleOf: number | undefined
}

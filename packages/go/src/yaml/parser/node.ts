/** What a document consists of. `line` is counted from zero. */
export interface YamlNode {
  readonly kind: 'scalar' | 'sequence' | 'mapping' | 'alias'
  readonly line: number
  /** The whole tag; empty where none is written. */
  readonly tag: string
  /** Of a scalar, its text; of an alias, its name. */
  readonly value: string
  /** A scalar without quotes and without a tag, which may be other than text. */
  readonly implicit: boolean
  /** Items, or keys and values by turns. */
  readonly children: YamlNode[]
  /** What an alias stands for. */
  readonly target?: YamlNode | undefined
}

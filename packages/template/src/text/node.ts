import type { Value } from '@chartroom/go'

/** Kinds of nodes. */
export const kind = {
  text: 0,
  action: 1,
  bool: 2,
  chain: 3,
  command: 4,
  dot: 5,
  else: 6,
  end: 7,
  field: 8,
  identifier: 9,
  if: 10,
  list: 11,
  nil: 12,
  number: 13,
  pipe: 14,
  range: 15,
  string: 16,
  template: 17,
  variable: 18,
  with: 19,
  break: 20,
  continue: 21,
} as const

/** A number in a template, which is of the type that its place asks for. */
export interface NumberConstant {
  readonly int: bigint | undefined
  readonly uint: bigint | undefined
  readonly float: number | undefined
  readonly complex: readonly [real: number, imaginary: number] | undefined
}

const none: readonly never[] = []

/**
 * A node of a template. One class for all kinds, so that every access is to the same shape, whose fields are made
 * by the constructor alone, because there are very many nodes:
 *
 * | kind | text | names | nodes | pipe | body, otherwise |
 * | --- | --- | --- | --- | --- | --- |
 * | list, command | | | statements, arguments | | |
 * | pipe | | | commands | | |
 * | text | the text | | | | |
 * | action, if, range, with | | | | the pipeline | the branches |
 * | template | the name | | | the pipeline | |
 * | field | | the fields | | | |
 * | variable | `$x` | the fields behind it | | | |
 * | chain | | the fields | | | the operand is `body` |
 * | identifier | the function | | | | |
 * | string, number, bool | as written | | | | |
 */
export class Node {
  declare readonly kind: number
  /** Offset in the source. */
  declare readonly at: number
  declare text: string
  declare names: readonly string[]
  declare nodes: Node[]
  declare pipe: Node | undefined
  declare body: Node | undefined
  declare otherwise: Node | undefined
  /** Of a pipeline: the variables it declares or assigns. */
  declare variables: Node[]
  /** Of a pipeline: `=` instead of `:=`. */
  declare assigns: boolean
  /** Of a variable: its place in the frame, -1 where it is unknown until the program runs into it. */
  declare slot: number
  /** Of a constant. */
  declare value: Value
  declare number: NumberConstant | undefined

  constructor(kindOfNode: number, at: number) {
    this.kind = kindOfNode
    this.at = at
    this.text = ''
    this.names = none
    this.nodes = none as readonly Node[] as Node[]
    this.pipe = undefined
    this.body = undefined
    this.otherwise = undefined
    this.variables = none as readonly Node[] as Node[]
    this.assigns = false
    this.slot = -1
    this.value = undefined
    this.number = undefined
  }
}

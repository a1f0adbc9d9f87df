export type IntKind =
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'

/** A Go integer with its kind; the value wraps to the kind's width as Go's arithmetic does. */
export class GoInt {
  readonly kind: IntKind
  readonly value: bigint

  constructor(kind: IntKind, value: bigint) {
    this.kind = kind
    this.value = value
  }

  get unsigned(): boolean {
    return this.kind.startsWith('u')
  }
}

/** The integer of a kind, wrapped to its width. */
export function goInt(value: bigint | number, kind: IntKind = 'int'): GoInt {
  if (typeof value === 'number' && kind === 'int' && value >= 0 && value < shared.length) {
    const small = shared[value]
    if (small !== undefined) return small
  }
  return new GoInt(kind, wrap(typeof value === 'bigint' ? value : BigInt(value), kind))
}

function wrap(value: bigint, kind: IntKind): bigint {
  const bits = widths[kind]
  return kind.startsWith('u') ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value)
}

const widths: Readonly<Record<IntKind, number>> = {
  int: 64,
  int8: 8,
  int16: 16,
  int32: 32,
  int64: 64,
  uint: 64,
  uint8: 8,
  uint16: 16,
  uint32: 32,
  uint64: 64,
}

/** The indexes of most lists, made once. */
const shared: readonly GoInt[] = Array.from({ length: 256 }, (_, index) => new GoInt('int', BigInt(index)))

import type { GoFunction, ParameterType, Value } from '@chartroom/go'

/** A call whose arguments are being evaluated. */
export class Call {
  declare readonly called: GoFunction
  declare readonly name: string
  /** The result of the command before is the last argument. */
  declare readonly hasFinal: boolean
  declare readonly args: Value[]
  /** The call that this one is an argument of. */
  declare outer: Call | undefined

  constructor(called: GoFunction, name: string, hasFinal: boolean) {
    this.called = called
    this.name = name
    this.hasFinal = hasFinal
    this.args = []
    this.outer = undefined
  }

  /** The type of the argument that comes next. */
  get nextType(): ParameterType {
    const { parameters } = this.called
    return parameters[Math.min(this.args.length, parameters.length - 1)] ?? 'any'
  }
}

/** Fields in declared order, as Go writes a struct; a field that is undefined is left out. */
export class GoStruct {
  readonly fields: readonly (readonly [name: string, value: unknown])[]

  constructor(fields: readonly (readonly [name: string, value: unknown])[]) {
    this.fields = fields
  }
}

/** A schema that cannot be used; the message says why. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

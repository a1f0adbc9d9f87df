const values = new WeakMap<Secret, string>()

/**
 * A credential from the moment it is read: printing, JSON and inspecting give `***`.
 * Only transport and credentials call {@link Secret.reveal}.
 */
export class Secret {
  constructor(value: string) {
    values.set(this, value)
  }

  reveal(): string {
    return values.get(this) ?? ''
  }

  toString(): string {
    return '***'
  }

  toJSON(): string {
    return '***'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***'
  }
}

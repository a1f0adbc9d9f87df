/** What the server answers. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Sent as JSON; bytes as they are. */
  readonly body?: unknown
}

/** An entry of `errors` in the body of a 422. */
export interface FieldError {
  readonly resource: string
  readonly code: 'already_exists' | 'custom' | 'invalid' | 'missing' | 'missing_field' | 'unprocessable'
  readonly field?: string
  readonly message?: string
}

const documents = 'https://docs.github.com/rest'

/** An error body as GitHub documents it: `message`, `documentation_url`, `status`, and `errors` for a 422. */
export function problem(status: number, message: string, path = '', errors?: readonly FieldError[]): Answer {
  return {
    status,
    body: {
      message,
      ...(errors === undefined ? {} : { errors }),
      documentation_url: `${documents}${path}`,
      status: String(status),
    },
  }
}

export function notFound(path: string): Answer {
  return problem(404, 'Not Found', path)
}

export function invalid(path: string, ...errors: readonly FieldError[]): Answer {
  return problem(422, 'Validation Failed', path, errors)
}

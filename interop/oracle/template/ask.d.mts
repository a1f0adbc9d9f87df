export interface OracleAnswer {
  readonly out?: string
  readonly outs?: Readonly<Record<string, string>>
  readonly error?: string
}

export function ask(program: string, requests: readonly object[]): OracleAnswer[]

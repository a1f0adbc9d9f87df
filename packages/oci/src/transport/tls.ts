import { existsSync, readFileSync } from 'node:fs'
import type { AgentOptions } from 'node:https'
import { asChartroomError, ChartroomError } from '@chartroom/errors'

export interface TlsOptions {
  /** Certificate authorities in PEM, trusted besides the usual ones. */
  readonly caFile?: string | undefined
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** Reads the files of a TLS setup. Called for the first connection that needs them: reading roots is slow. */
export async function tlsAgentOptions(options: TlsOptions): Promise<AgentOptions> {
  const { caFile, certFile, keyFile, insecureSkipTlsVerify } = options
  // As Go and OpenSSL read it. A left-over variable must not break what needs no such file.
  const systemFile = options.env?.SSL_CERT_FILE ?? ''
  const extra = [
    ...(systemFile !== '' && existsSync(systemFile) ? [read(systemFile, 'SSL_CERT_FILE')] : []),
    ...(caFile === undefined ? [] : [read(caFile, '--ca-file')]),
  ]
  return {
    ...(extra.length === 0 ? {} : { ca: [...(await roots()), ...extra] }),
    ...(certFile === undefined ? {} : { cert: read(certFile, '--cert-file') }),
    ...(keyFile === undefined ? {} : { key: read(keyFile, '--key-file') }),
    rejectUnauthorized: insecureSkipTlsVerify !== true,
  }
}

async function roots(): Promise<readonly string[]> {
  return (await import('node:tls')).rootCertificates
}

function read(path: string, from: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = asChartroomError(error)
    throw new ChartroomError(code, `${from} cannot be read: ${message}`, {
      origin: path,
      cause: error,
      hint: `Check the path given with ${from}.`,
    })
  }
}

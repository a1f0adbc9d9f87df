import { ChartroomError, isChartroomError, Secret } from '@chartroom/errors'
import type { gaxios as Gaxios, GoogleAuthOptions } from 'google-auth-library'
import type { ProviderContext } from '../context.ts'
import { sendForSdk } from '../sdk-request.ts'

export interface GoogleToken {
  readonly token: Secret
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined
}

/**
 * An access token by Google's default credentials, or by a service account's key in JSON. Undefined where nothing
 * here has a login; throws `UNAUTHENTICATED` where Google refuses the one there is.
 */
export async function googleToken(context: ProviderContext, key?: Secret): Promise<GoogleToken | undefined> {
  const { gaxios, GoogleAuth } = await import('google-auth-library')
  const transporter = new gaxios.Gaxios({ fetchImplementation: fetchBy(context) })
  try {
    const auth = new GoogleAuth({
      scopes: ['https://www.googleapis.com/auth/cloud-platform'],
      // Named, because the library would start gcloud and ask the metadata server for it; nothing here needs it.
      projectId: 'none',
      clientOptions: { transporter },
      ...(key === undefined ? {} : { credentials: keyFile(key) }),
    })
    const client = await auth.getClient()
    useEverywhere(transporter, client)
    const { token } = await client.getAccessToken()
    if (!token) return undefined
    return { token: new Secret(token), expiresAt: client.credentials.expiry_date ?? undefined }
  } catch (error) {
    if (foundNothing(error)) return undefined
    throw googleError(error)
  }
}

function keyFile(key: Secret): NonNullable<GoogleAuthOptions['credentials']> {
  try {
    return JSON.parse(key.reveal()) as NonNullable<GoogleAuthOptions['credentials']>
  } catch {
    // No cause: it would quote the key.
    throw new ChartroomError('UNAUTHENTICATED', 'the password of _json_key is no key of a service account', {
      op: 'login',
      hint: 'Give the whole JSON file as the password.',
    })
  }
}

function fetchBy(context: ProviderContext): typeof fetch {
  return async (input, init = {}) => {
    const { status, headers, bytes } = await sendForSdk(context, {
      method: init.method ?? 'GET',
      url: new URL(input instanceof Request ? input.url : input),
      headers: Object.fromEntries(new Headers(init.headers)),
      body: await bodyOf(init.body),
      signal: init.signal ?? undefined,
    })
    const empty = status === 204 || status === 304
    return new Response(empty ? null : bytes, { status, headers })
  }
}

async function bodyOf(body: RequestInit['body']): Promise<Uint8Array | undefined> {
  if (body === undefined || body === null) return undefined
  return new Uint8Array(await new Response(body).arrayBuffer())
}

function foundNothing(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Could not load the default credentials')
}

function googleError(error: unknown): unknown {
  if (isChartroomError(error) || !(error instanceof Error)) return error
  // What cannot be parsed is quoted in the error, and with it what may be a key.
  const isText = error instanceof SyntaxError
  const line = isText ? 'the file of the login is no JSON' : (error.message.split(/\r?\n/, 1)[0] ?? '')
  // No cause: it holds the request, and with it the secret.
  return new ChartroomError('UNAUTHENTICATED', `Google gave no token: ${line.slice(0, 500)}`, {
    op: 'login',
    hint: 'Log in anew with gcloud auth application-default login, or check the file that GOOGLE_APPLICATION_CREDENTIALS names.',
  })
}

/** The library hands a transporter on to some of its parts alone: the others would know no proxy's certificate. */
function useEverywhere(transporter: Gaxios.Gaxios, part: object, depth = 0): void {
  if ('transporter' in part) part.transporter = transporter
  if (depth >= 3) return
  for (const value of Object.values(part)) {
    if (typeof value === 'object' && value !== null && 'transporter' in value)
      useEverywhere(transporter, value, depth + 1)
  }
}

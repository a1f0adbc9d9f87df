import type { DefaultAzureCredentialOptions } from '@azure/identity'
import { ChartroomError, isChartroomError, Secret } from '@chartroom/errors'
import type { ProviderContext } from '../context.ts'
import { sendForSdk } from '../sdk-request.ts'

type HttpClient = NonNullable<DefaultAzureCredentialOptions['httpClient']>
type AzureRequest = Parameters<HttpClient['sendRequest']>[0]
type AzureAnswer = Awaited<ReturnType<HttpClient['sendRequest']>>

/**
 * A token of Microsoft Entra for the audience, by Azure's own default chain. Undefined where nothing here has a
 * login; throws `UNAUTHENTICATED` where something has one that Azure refuses.
 */
export async function entraToken(context: ProviderContext, audience: string): Promise<Secret | undefined> {
  const { DefaultAzureCredential } = await import('@azure/identity')
  try {
    const credential = new DefaultAzureCredential({
      httpClient: httpClient(context),
      disableInstanceDiscovery: isOwnCloud(context.env.AZURE_AUTHORITY_HOST),
    })
    const { token } = await credential.getToken(`${audience}/.default`)
    return new Secret(token)
  } catch (error) {
    if (foundNothing(error)) return undefined
    throw azureError(error)
  }
}

// Microsoft's list of clouds does not know a cloud of one's own, and asking for it there would fail.
function isOwnCloud(authority: string | undefined): boolean {
  if (!authority || !URL.canParse(authority)) return false
  return !/^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|chinacloudapi\.cn)$/.test(
    new URL(authority).host,
  )
}

function httpClient(context: ProviderContext): HttpClient {
  return {
    async sendRequest(request) {
      const { url, method, headers, body } = request
      const {
        status,
        headers: answered,
        bytes,
      } = await sendForSdk(context, {
        method,
        url: new URL(url),
        headers: headers.toJSON(),
        body: typeof body === 'string' ? body : undefined,
        signal: signalOf(request),
      })
      return {
        request,
        status,
        headers: new AzureHeaders(answered),
        bodyAsText: new TextDecoder().decode(bytes),
      }
    },
  }
}

// Azure waits one second alone to learn whether there is a metadata service.
function signalOf({ timeout, abortSignal }: AzureRequest): AbortSignal | undefined {
  const signals = [
    ...(timeout > 0 ? [AbortSignal.timeout(timeout)] : []),
    ...(abortSignal instanceof AbortSignal ? [abortSignal] : []),
  ]
  return signals.length === 0 ? undefined : AbortSignal.any(signals)
}

/** Headers in the form that Azure's libraries read. */
class AzureHeaders implements Iterable<[string, string]> {
  readonly #values: Map<string, string>

  constructor(values: Readonly<Record<string, string>>) {
    this.#values = new Map(Object.entries(values))
  }

  get(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }

  set(name: string, value: string | number | boolean): void {
    this.#values.set(name.toLowerCase(), String(value))
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase())
  }

  toJSON(): ReturnType<AzureAnswer['headers']['toJSON']> {
    return Object.fromEntries(this.#values)
  }

  [Symbol.iterator](): Iterator<[string, string]> {
    return this.#values.entries()
  }
}

/** Errors of Azure's chain where each link says that it has no login. */
function foundNothing(error: unknown): boolean {
  return (
    error instanceof Error && /^(AggregateAuthenticationError|CredentialUnavailableError)$/.test(error.name)
  )
}

function azureError(error: unknown): unknown {
  if (isChartroomError(error) || !(error instanceof Error)) return error
  // Azure's own words stand far down in a long text; its errors all have a number.
  const line = /AADSTS\d+:[^\r\n"]*/.exec(error.message)?.[0] ?? error.message.split(/\r?\n/, 1)[0] ?? ''
  // No cause: it holds the request, and with it the secret.
  return new ChartroomError('UNAUTHENTICATED', `Azure gave no token: ${line.slice(0, 500)}`, {
    op: 'login',
    hint: 'Check the AZURE_ variables, or log in anew with az login; AZURE_TOKEN_CREDENTIALS limits which logins are tried.',
  })
}

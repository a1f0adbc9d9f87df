import { Readable } from 'node:stream'
import type * as Sdk from '@aws-sdk/client-ecr'
import type * as PublicSdk from '@aws-sdk/client-ecr-public'
import type { ProviderContext } from '../context.ts'
import { oncePerRun } from '../per-run.ts'
import { sendForSdk } from '../sdk-request.ts'
import type { EcrHost } from './host.ts'

/** The AWS SDK with a client for the account's registries in one region, its credentials from AWS's own chain. */
export function openEcr(
  context: ProviderContext,
  { region, fips, dualStack }: Extract<EcrHost, { kind: 'private' }>,
): Promise<{ sdk: typeof Sdk; client: Sdk.ECRClient }> {
  return oncePerRun(context, `ecr ${region} ${fips} ${dualStack}`, async () => {
    const sdk = await import('@aws-sdk/client-ecr')
    const settings = {
      ...settingsOf(context),
      region,
      useFipsEndpoint: fips,
      useDualstackEndpoint: dualStack,
    }
    return { sdk, client: withoutNotice(() => new sdk.ECRClient(settings)) }
  })
}

/** The same for ECR Public, which has one place for all. */
export function openEcrPublic(
  context: ProviderContext,
): Promise<{ sdk: typeof PublicSdk; client: PublicSdk.ECRPUBLICClient }> {
  return oncePerRun(context, 'ecr-public', async () => {
    const sdk = await import('@aws-sdk/client-ecr-public')
    const settings = { ...settingsOf(context), region: 'us-east-1' }
    return { sdk, client: withoutNotice(() => new sdk.ECRPUBLICClient(settings)) }
  })
}

function settingsOf(
  context: ProviderContext,
): Pick<Sdk.ECRClientConfig, 'logger' | 'maxAttempts' | 'requestHandler'> {
  const silent = (): void => undefined
  const warn = (...words: unknown[]): void => context.onWarning?.(words.map(String).join(' '))
  return {
    // The transport tries again by itself; what is left is AWS's own word for "slower", a 400.
    maxAttempts: 2,
    logger: { debug: silent, info: silent, warn, error: silent },
    requestHandler: handlerOf(context),
  }
}

/** What the SDK hands to a handler, as far as it matters here. */
interface AwsRequest {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface AwsAnswer {
  readonly response: { statusCode: number; headers: Readonly<Record<string, string>>; body: Readable }
}

function handlerOf(context: ProviderContext): Record<string, unknown> {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(
      request: AwsRequest,
      { abortSignal }: { abortSignal?: AbortSignal } = {},
    ): Promise<AwsAnswer> {
      const { method, headers, body } = request
      const {
        status,
        headers: answered,
        bytes,
      } = await sendForSdk(context, {
        method,
        url: urlOf(request),
        headers,
        body: typeof body === 'string' || body instanceof Uint8Array ? body : undefined,
        signal: abortSignal,
      })
      return { response: { statusCode: status, headers: answered, body: Readable.from([bytes]) } }
    },
  }
}

function urlOf({ protocol, hostname, port, path, query = {} }: AwsRequest): URL {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`)
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? ''].flat()) url.searchParams.append(name, one)
  }
  return url
}

const noticeSwitch = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'

// The SDK's notice that it will leave an old Node behind is for those who build with it, not for a user of ours.
function withoutNotice<T>(create: () => T): T {
  const before = process.env[noticeSwitch]
  process.env[noticeSwitch] = 'true'
  try {
    return create()
  } finally {
    if (before === undefined) delete process.env[noticeSwitch]
    else process.env[noticeSwitch] = before
  }
}

import type { OciPlace } from '../place.ts'
import type { FluxOptions, FluxProvider } from './options.ts'

/**
 * Who gives Flux the login of a registry: the cloud that it belongs to, with the identity of source-controller.
 * Source: the registries that github.com/fluxcd/pkg/auth v0.54.1 knows.
 */
export function providerOf(host: string): FluxProvider {
  return providers.find(([, pattern]) => pattern.test(host))?.[0] ?? 'generic'
}

const amazon =
  'amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|sc2s\\.sgov\\.gov|c2s\\.ic\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov|on\\.aws'

const providers: readonly (readonly [FluxProvider, RegExp])[] = [
  ['aws', new RegExp(`^\\d{12}\\.dkr[.-]ecr(?:-fips)?\\.[a-z0-9-]+\\.(?:${amazon})$`)],
  ['azure', /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.azurecr\.(?:io|cn|de|us)$/],
  ['gcp', /^(?:[a-z0-9-]+\.)*gcr\.io$|^[a-z0-9-]+-docker\.pkg\.dev$|^docker\.s3nsregistry\.fr$/],
]

/** The members of a source that say how Flux gets in. */
export function accessPart(
  { host, plainHttp }: OciPlace,
  { secretName, provider }: Pick<FluxOptions, 'secretName' | 'provider'>,
): Readonly<Record<string, unknown>> {
  const chosen = chosenProvider(host, { secretName, provider })
  return {
    ...(chosen === 'generic' ? {} : { provider: chosen }),
    ...(secretName === undefined ? {} : { secretRef: { name: secretName } }),
    ...(plainHttp ? { insecure: true } : {}),
  }
}

/** The one that is asked for, else that of the host; a Secret goes before it. */
export function chosenProvider(
  host: string,
  { secretName, provider }: Pick<FluxOptions, 'secretName' | 'provider'>,
): FluxProvider {
  return provider ?? (secretName === undefined ? providerOf(host) : 'generic')
}

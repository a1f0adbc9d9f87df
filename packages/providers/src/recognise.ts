import type { Origin, Transport } from '@chartroom/oci'
import { discard, parseChallenges } from '@chartroom/oci'
import type { ProviderContext } from './context.ts'
import type { PingAnswer } from './provider.ts'
import type { ProviderEntry } from './provider-table.ts'
import { providerOf, providerOfAnswer } from './provider-table.ts'

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>

/** Which vendor runs a registry: told by its address, or by what it answers to requests that are made anyway. */
export class Recogniser {
  readonly #env: ProviderContext['env']
  readonly #byAddress = new Map<string, ProviderEntry | undefined>()
  readonly #byAnswer = new Map<string, ProviderEntry>()
  /** Of these, an answer without a refusal told nothing, and the next ones would tell no more. */
  readonly #silent = new Set<string>()

  constructor(env: ProviderContext['env']) {
    this.#env = env
  }

  /** As far as is known by now. */
  known(origin: Origin): ProviderEntry | undefined {
    return this.#ofAddress(origin.host) ?? this.#byAnswer.get(keyOf(origin))
  }

  /** Takes note of an answer of the registry. */
  note(origin: Origin, { status, headers }: { readonly status: number; readonly headers: RawHeaders }): void {
    const key = keyOf(origin)
    const refuses = status === 401 || status === 403
    if ((!refuses && this.#silent.has(key)) || this.known(origin) !== undefined) return
    const found = providerOfAnswer(pingAnswer(status, headers))
    if (found !== undefined) this.#byAnswer.set(key, found)
    else if (!refuses) this.#silent.add(key)
  }

  /** Asks the registry where nothing is known. Throws the transport's codes. */
  async recognise(origin: Origin, transport: Transport): Promise<ProviderEntry | undefined> {
    const known = this.known(origin)
    if (known !== undefined) return known
    const response = await transport.request({ method: 'GET', url: new URL(`${keyOf(origin)}/v2/`) })
    discard(response.body)
    this.note(origin, response)
    return this.known(origin)
  }

  #ofAddress(host: string): ProviderEntry | undefined {
    if (!this.#byAddress.has(host)) this.#byAddress.set(host, providerOf(host, this.#env))
    return this.#byAddress.get(host)
  }
}

function keyOf({ scheme, host }: Origin): string {
  return `${scheme}://${host}`
}

function pingAnswer(status: number, raw: RawHeaders): PingAnswer {
  const headers = Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  const bearer = parseChallenges(headers['www-authenticate'] ?? '').find(({ scheme }) => scheme === 'bearer')
  return { status, headers, realm: bearer?.parameters.realm, service: bearer?.parameters.service }
}
